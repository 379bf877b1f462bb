import { compile } from 'html-to-text';
import { LRUCache } from 'lru-cache';
import { type ParsedMessage, readMessage } from '../mime/read-message.ts';
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
  // What is past its time is let go of then, not when somebody asks for it again.
  ttlAutopurge: true,
});

const nameOf = (accountId: string, uidl: string) => `${accountId}\n${uidl}`;

const fromHtml = compile({
  wordwrap: false,
  limits: { maxInputLength: 512 * 1024, maxDepth: 60 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { ignoreHref: true } },
  ],
});

/** The text of a message as a person reads it, folded for comparison; one RETR unless it is kept here or was read lately. */
export async function readText(account: Pop3Account, wire: Wire, { entry, row }: Held): Promise<string> {
  if (row.content !== null) return await readKeptText(account, entry.uidl, row.content);
  const name = nameOf(account.accountId, entry.uidl);
  const kept = texts.get(name);
  if (kept !== undefined) return kept;
  return keepText(account, name, await readMessage(await wire.retrieve(entry.number)));
}

/** The same of a message that is kept here. */
export async function readKeptText(account: Pop3Account, uidl: string, content: string): Promise<string> {
  const name = nameOf(account.accountId, uidl);
  const kept = texts.get(name);
  if (kept !== undefined) return kept;
  return keepText(account, name, await readMessage(account.contents.open(account.accountId, content)));
}

function keepText(account: Pop3Account, name: string, parsed: ParsedMessage): string {
  const names = parsed.attachments.map((attachment) => attachment.name ?? '');
  const text = fold([...parsed.textBody.map(plainOf), ...names].join('\n'));
  // Of a sign-in that has ended meanwhile nothing is held.
  if (!account.access.closed.aborted) texts.set(name, text);
  return text;
}

/** Lets go of all that is held of an account. */
export function forgetTextsOf(accountId: string): void {
  for (const name of [...texts.keys()]) if (name.startsWith(nameOf(accountId, ''))) texts.delete(name);
}

const plainOf = (body: TextBody): string => (body.type === 'text/html' ? fromHtml(body.text) : body.text);
