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

export const keptListing = (accountId: string): readonly Entry[] | undefined => kept.get(accountId);
/** Less than `limits.freshMs` ago. */
export const wasJustListed = (accountId: string): boolean => asked.has(accountId);

export function forgetListing(accountId: string): void {
  kept.delete(accountId);
  asked.delete(accountId);
}
