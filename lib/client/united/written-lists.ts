import type { ListStore, WrittenList } from '../list/list-store.ts';
import type { Lists, WrittenLists } from '../list/lists.ts';
import type { PendingChange, PendingChanges } from '../list/pending.ts';
import { ownRow, unitedId, unitedRow } from './united-id.ts';

/** The lists that hold messages of an account: its own, and those of all accounts, which are told by the names there. */
export function createWrittenLists(
  accountId: string,
  own: Lists,
  united: () => Lists | undefined,
  isInbox: (mailboxId: string) => boolean,
): WrittenLists {
  const known = new WeakMap<ListStore, WrittenList>();
  const shared = (lists: ListStore[] = []) =>
    lists.map((list) => {
      const written = known.get(list) ?? writtenList(list, accountId);
      known.set(list, written);
      return written;
    });
  return {
    all: () => [...own.all(), ...shared(united()?.all())],
    ofMailbox: (mailboxId) => [
      ...own.ofMailbox(mailboxId),
      ...(mailboxId === null || isInbox(mailboxId) ? shared(united()?.ofMailbox(null)) : []),
    ],
  };
}

function writtenList(list: ListStore, accountId: string): WrittenList {
  const named = (ids: ReadonlySet<string>) => new Set([...ids].map((id) => unitedId(accountId, id)));
  return {
    find(id) {
      const found = list.find(unitedId(accountId, id));
      return found && { ...found, row: ownRow(found.row) };
    },
    refresh: list.refresh,
    expire: list.expire,
    removeMessages: (ids, unseen) => list.removeMessages(named(ids), unseen),
    restoreMessages: (entries) =>
      list.restoreMessages(entries.map(({ position, row }) => ({ position, row: unitedRow(accountId, row) }))),
    setKeywords: (ids, add, remove) => list.setKeywords(named(ids), add, remove),
  };
}

/** The changes under way of an account, by the names that its messages have among all. */
export const unitedChanges = (accountId: string, pending: PendingChanges): PendingChange[] =>
  pending.get().map((change) => ({ ...change, ids: new Set([...change.ids].map((id) => unitedId(accountId, id))) }));
