import type { MessageSummary } from '../../mail/model.ts';

/** Stands in an address in the place of an account, for all of them; ids of accounts are longer. */
export const allAccounts = 'all';
/** In the place of a folder, for all Inboxes. */
export const allInboxes = 'inboxes';

/** Two accounts may have the same id for a message or a folder: among all it is named with its account. */
export const unitedId = (accountId: string, id: string): string => `${accountId}~${id}`;

/** What an id names, and in which account: in `accountId` where it names none itself. */
export function ownOf(id: string, accountId: string): { accountId: string; id: string } {
  const at = id.indexOf('~');
  return at === -1 ? { accountId, id } : { accountId: id.slice(0, at), id: id.slice(at + 1) };
}

/** A row of an account as it is named among all. */
export const unitedRow = (accountId: string, row: MessageSummary): MessageSummary =>
  renamedRow(row, (id) => unitedId(accountId, id));

/** A window of all Inboxes by the names that its messages have among all. */
export const unitedPage = <P extends { items: (MessageSummary & { accountId: string })[] }>(page: P) => ({
  ...page,
  items: page.items.map(({ accountId, ...row }) => unitedRow(accountId, row)),
});

/** A row as it is named in its account. */
export const ownRow = (row: MessageSummary): MessageSummary => renamedRow(row, (id) => ownOf(id, '').id);

/** A row with its messages called by other ids. */
export function renamedRow(row: MessageSummary, name: (id: string) => string): MessageSummary {
  const { threadId, thread } = row;
  return {
    ...row,
    id: name(row.id),
    mailboxId: name(row.mailboxId),
    ...(threadId === undefined ? {} : { threadId: name(threadId) }),
    ...(thread === undefined
      ? {}
      : {
          thread: {
            ...thread,
            ids: thread.ids.map(name),
            unreadIds: thread.unreadIds.map(name),
            flaggedIds: thread.flaggedIds.map(name),
          },
        }),
  };
}
