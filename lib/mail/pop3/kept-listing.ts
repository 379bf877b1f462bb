import { LRUCache } from 'lru-cache';
import type { Entry } from './listing.ts';

/** What servers with a LOGIN-DELAY listed last, by account, for as long as they let nobody look again. */
const kept = new LRUCache<string, readonly Entry[]>({
  maxSize: 500_000,
  sizeCalculation: (entries) => entries.length + 1,
});

/** Keeps a listing for the server's delay; where there is none, everybody asks the server. */
export function keepListing(accountId: string, entries: readonly Entry[], loginDelayMs: number | null): void {
  if (loginDelayMs !== null) kept.set(accountId, entries, { ttl: loginDelayMs });
}

export const keptListing = (accountId: string): readonly Entry[] | undefined => kept.get(accountId);
export const forgetListing = (accountId: string) => void kept.delete(accountId);
