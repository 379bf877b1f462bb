import { compile } from 'html-to-text';
import type { ParsedMessage } from '../mime/read-message.ts';
import type { TextBody } from '../model.ts';

const fromHtml = compile({
  wordwrap: false,
  limits: { maxInputLength: 512 * 1024, maxDepth: 60 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { ignoreHref: true } },
  ],
});

/** What people would search of a message besides its header: its text as a person reads it, and the names of its files. */
export function textOf({ textBody, attachments }: ParsedMessage): string {
  return [...textBody.map(plainOf), ...attachments.map(({ name }) => name ?? '')].join('\n');
}

const plainOf = (body: TextBody): string => (body.type === 'text/html' ? fromHtml(body.text) : body.text);
