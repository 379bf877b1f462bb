import { LRUCache } from 'lru-cache';

/** What the server said when it would not give a message that it lists; `isTooLarge`: we would not take it. */
export interface Refused {
  words: string;
  isTooLarge: boolean;
  atMs: number;
}

/** A message that was refused is not asked for again by a search for so long; a collection asks each time. */
const restMs = 600_000;
const mostMessages = 1_000;

/** On the process, not on this module: development reloads modules. */
const shared = globalThis as { posthornRefusals?: LRUCache<string, LRUCache<string, Refused>> };
shared.posthornRefusals ??= new LRUCache({ max: 1_000 });
const byAccount = shared.posthornRefusals;

/** Remembers, for this process, that the server refused a message, and how. */
export function noteRefused(accountId: string, uidl: string, words: string): void {
  note(accountId, uidl, { words, isTooLarge: false, atMs: Date.now() });
}

/** Remembers that a message is larger than what we take: nobody asks for it any more. */
export const noteTooLarge = (accountId: string, uidl: string): void =>
  note(accountId, uidl, { words: '', isTooLarge: true, atMs: Date.now() });

export const isTooLarge = (accountId: string, uidl: string): boolean =>
  byAccount.get(accountId)?.peek(uidl)?.isTooLarge === true;

function note(accountId: string, uidl: string, refusal: Refused): void {
  const refused = byAccount.get(accountId) ?? new LRUCache<string, Refused>({ max: mostMessages });
  byAccount.set(accountId, refused);
  refused.set(uidl, refusal);
}

/** The server gave it after all. */
export const forgetRefused = (accountId: string, uidl: string): void => void byAccount.get(accountId)?.delete(uidl);

/** By unique-id, the last refused first; at most 1,000. */
export const refusedOf = (accountId: string): ReadonlyMap<string, Refused> =>
  new Map(byAccount.get(accountId)?.entries() ?? []);

/** The unique-ids that were refused in the last ten minutes. */
export function refusedLately(accountId: string, now = Date.now()): Set<string> {
  const all = [...refusedOf(accountId)];
  return new Set(all.flatMap(([uidl, { atMs }]) => (Math.abs(now - atMs) < restMs ? [uidl] : [])));
}
