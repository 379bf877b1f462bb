import { LRUCache } from 'lru-cache';
import type { Store } from '../store/database.ts';
import { removeOldAnswers } from '../store/idempotency.ts';
import { live } from './live.ts';

/** What all answers kept for one person may take: 16,000 ordinary ones, or eight to 10,000 ids each. */
const maxBytes = 8 * 1024 * 1024;
/** After so much more the store is asked. Until then a process may keep this much above the bound. */
const checkedBytes = 1024 * 1024;

/** Bytes kept since the store was last asked, by account; forgotten with the process. */
const unchecked = live('unchecked answers', () => new LRUCache<string, number>({ max: 10_000 }));

/** Counts what was kept for a person, and removes their oldest answers where all take too much. */
export async function makeRoomFor(opened: Store, accountId: string, keptBytes: number): Promise<void> {
  // The first of a process asks too: nobody knows what the process before it kept.
  const bytes = (unchecked.get(accountId) ?? checkedBytes) + keptBytes;
  if (bytes < checkedBytes) {
    unchecked.set(accountId, bytes);
    return;
  }
  unchecked.set(accountId, 0);
  await removeOldAnswers(opened, accountId, maxBytes);
}
