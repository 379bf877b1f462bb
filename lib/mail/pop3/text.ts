import { textOfHtml } from '../mime/html-text.ts';
import type { ParsedMessage } from '../mime/read-message.ts';
import type { TextBody } from '../model.ts';

const maxHtmlLength = 512 * 1024;

/** What people would search of a message besides its header: its text as a person reads it, and the names of its files. */
export function textOf({ textBody, attachments }: ParsedMessage): string {
  return [...textBody.map(plainOf), ...attachments.map(({ name }) => name ?? '')].join('\n');
}

const plainOf = (body: TextBody): string =>
  body.type === 'text/html' ? textOfHtml(body.text.slice(0, maxHtmlLength)) : body.text;
