import { LRUCache } from 'lru-cache';
import type { Entry } from './listing.ts';

/** What servers with a LOGIN-DELAY listed last, by account, for as long as they let nobody look again. */
const kept = new LRUCache<string, readonly Entry[]>({
  maxSize: 500_000,
  sizeCalculation: (entries) => entries.length + 1,
});

/** Which accounts' servers were asked a moment ago. */
const asked = new LRUCache<string, true>({ max: 10_000 });

/** Keeps a listing for the server's delay. Where there is none everybody asks the server; searches not at once again. */
export function keepListing(
  accountId: string,
  entries: readonly Entry[],
  { loginDelayMs, freshMs }: { loginDelayMs: number | null; freshMs: number },
): void {
  if (loginDelayMs !== null) kept.set(accountId, entries, { ttl: loginDelayMs });
  if (freshMs > 0) asked.set(accountId, true, { ttl: freshMs });
}

/** When the last listing of each account was begun, by a clock of our own: no two moments are the same. */
const begun = new LRUCache<string, number>({ max: 10_000 });
let clock = 0;

/** A moment, later than all before. */
export function moment(): number {
  clock += 1;
  return clock;
}

/** A listing that was begun then has been taken in. */
export const noteListed = (accountId: string, begunAt: number): void => void begun.set(accountId, begunAt);
/** Whether the server has listed since: what came to ask it before need not ask again. */
export const wasListedSince = (accountId: string, since: number): boolean => (begun.get(accountId) ?? -1) > since;

export const keptListing = (accountId: string): readonly Entry[] | undefined => kept.get(accountId);
/** Less than `limits.freshMs` ago. */
export const wasJustListed = (accountId: string): boolean => asked.has(accountId);

export function forgetListing(accountId: string): void {
  kept.delete(accountId);
  asked.delete(accountId);
  begun.delete(accountId);
}
