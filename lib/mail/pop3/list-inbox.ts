import type { Pop3Account } from './account.ts';
import { keepListing } from './kept-listing.ts';
import { type Entry, readListing } from './listing.ts';
import type { Wire } from './wire.ts';

/**
 * What the server lists now, newest first: highest number first, the order of arrival on every server we know. The store
 * is brought in line with it.
 */
export async function listInbox({ accountId, access, server, store }: Pop3Account, wire: Wire): Promise<Entry[]> {
  const entries = (await readListing(wire, server)).reverse();
  await store.reconcile(accountId, entries);
  keepListing(accountId, entries, { loginDelayMs: wire.capabilities.loginDelayMs, freshMs: access.limits.freshMs });
  return entries;
}
