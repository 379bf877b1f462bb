import { LRUCache } from 'lru-cache';

/** What the server said when it would not give a message that it lists. */
export interface Refused {
  words: string;
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
  const refused = byAccount.get(accountId) ?? new LRUCache<string, Refused>({ max: mostMessages });
  byAccount.set(accountId, refused);
  refused.set(uidl, { words, atMs: Date.now() });
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
