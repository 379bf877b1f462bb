import type { Pop3Account } from './account.ts';
import { keepListing, moment, noteListed } from './kept-listing.ts';
import { type Entry, readListing } from './listing.ts';
import { tellApartBy } from './tell-apart.ts';
import type { Wire } from './wire.ts';

/**
 * What the server lists now, newest first: highest number first, the order of arrival on every server we know. The store
 * is brought in line with it, and each goes by its name here. `isDoubted`: no unique-id is trusted. `onUnknown`: of some it
 * could not be found out yet whether they are new, and they are left out until the next listing.
 */
export async function listInbox(
  account: Pop3Account,
  wire: Wire,
  { isDoubted = false, onUnknown = () => undefined }: { isDoubted?: boolean; onUnknown?(): void } = {},
): Promise<Entry[]> {
  const { accountId, access, server, store } = account;
  const begunAt = moment();
  const listed = (await readListing(wire, server)).reverse();
  const { tellApart, unknown } = tellApartBy(account, wire, listed);
  const names = await store.reconcile(accountId, listed, { tellApart, isDoubted });
  if (unknown.size > 0) onUnknown();
  const entries = rename(
    listed.filter(({ uidl }) => !unknown.has(uidl)),
    names,
  );
  noteListed(accountId, begunAt);
  keepListing(accountId, entries, { loginDelayMs: wire.capabilities.loginDelayMs, freshMs: access.limits.freshMs });
  return entries;
}

/** The same without a look at what has changed: what is new goes by its unique-id. */
export async function listByName({ accountId, server, store }: Pop3Account, wire: Wire): Promise<Entry[]> {
  return rename(await readListing(wire, server), await store.names(accountId));
}

const rename = (entries: Entry[], names: ReadonlyMap<string, string>): Entry[] =>
  names.size === 0 ? entries : entries.map((entry) => ({ ...entry, uidl: names.get(entry.uidl) ?? entry.uidl }));
