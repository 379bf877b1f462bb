import { compile } from 'html-to-text';
import { LRUCache } from 'lru-cache';
import { readMessage } from '../mime/parse.ts';
import type { TextBody } from '../model.ts';
import type { Pop3Account } from './account.ts';
import type { Held } from './contents.ts';
import { fold } from './match.ts';
import type { Wire } from './wire.ts';

/** Texts read for a search, so that the next word typed does not take every message off the server again. */
const texts = new LRUCache<string, string>({
  maxSize: 32 * 1024 * 1024,
  sizeCalculation: (text) => 2 * text.length + 1,
  maxEntrySize: 512 * 1024,
  ttl: 600_000,
});

const fromHtml = compile({
  wordwrap: false,
  limits: { maxInputLength: 512 * 1024, maxDepth: 60 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { ignoreHref: true } },
  ],
});

/** The text of a message as a person reads it, folded for comparison; one RETR unless it was read lately. */
export async function readText(account: Pop3Account, wire: Wire, { entry }: Held): Promise<string> {
  const name = `${account.accountId}\n${entry.uidl}`;
  const kept = texts.get(name);
  if (kept !== undefined) return kept;
  const parsed = await readMessage(await wire.retrieve(entry.number));
  const names = parsed.attachments.map((attachment) => attachment.name ?? '');
  const text = fold([...parsed.textBody.map(plainOf), ...names].join('\n'));
  texts.set(name, text);
  return text;
}

const plainOf = (body: TextBody): string => (body.type === 'text/html' ? fromHtml(body.text) : body.text);
