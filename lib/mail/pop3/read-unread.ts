import type { Pop3Account } from './account.ts';
import type { Entry } from './listing.ts';
import { readHeaders } from './read-headers.ts';
import type { Wire } from './wire.ts';

/** Reads the headers of these that are not known and in this session, in the order given. Gives what the server refused. */
export async function readUnread(
  account: Pop3Account,
  wire: Wire,
  { entries, uidls }: { entries: ReadonlyMap<string, Entry>; uidls: string[] },
  mayGoOn?: () => boolean,
): Promise<string[]> {
  const { accountId, store } = account;
  const rows = await store.find(accountId, uidls);
  const held = uidls.flatMap((uidl) => {
    const row = rows.get(uidl);
    const entry = entries.get(uidl);
    return row && entry && row.header === null ? [{ row, entry, isRefused: false }] : [];
  });
  await readHeaders(account, wire, held, mayGoOn);
  const refused = held.filter(({ isRefused }) => isRefused).map(({ entry }) => entry.uidl);
  await store.dateBesideEarlier(accountId, refused);
  return refused;
}
