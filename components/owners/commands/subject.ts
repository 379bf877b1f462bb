import type { Subject } from '@/lib/client/actions/environment';
import { call } from '@/lib/client/api';
import { isCollapsedView, listAt, openAt } from '@/lib/client/app/hooks';
import { inboxOf, type MailApp } from '@/lib/client/app/mail-app';
import { cursorIndex } from '@/lib/client/list/selection';
import { idsOf, messageOf } from '@/lib/client/list/thread-row';
import type { MailLocation } from '@/lib/client/location';
import { queryKeys } from '@/lib/client/query-keys';
import { allAccounts, ownOf, ownRow, unitedId } from '@/lib/client/united/united-id';
import type { Session } from '@/lib/contract/operations';
import type { MessageSummary, Relatives } from '@/lib/mail/model';

/** What a command is about in one account. */
export interface AccountSubject {
  accountId: string;
  subject: Subject;
}

/** What a command is about now: the chosen messages, else the open one, else the one that the keyboard is on. */
export function currentIds(app: MailApp): string[] {
  const selection = app.selection.get();
  if (selection.ids.size > 0) return [...selection.ids];
  const location = app.navigation.get();
  if (location.messageId !== null) return [location.messageId];
  const shown = listAt(app, location)?.store.getSnapshot().shown;
  const row = shown?.at(shown === undefined ? -1 : cursorIndex(selection, shown));
  return row === undefined ? [] : [row.id];
}

/** The account that an id means where it names none: the shown one, among all that of the open message. */
const homeAt = (location: MailLocation): string => openAt(location).accountId ?? '';

/** The name that a message has in the shown list; one of another account has none there. */
export function rowIdAt(location: MailLocation, id: string): string {
  const own = ownOf(id, homeAt(location));
  if (location.accountId === allAccounts) return unitedId(own.accountId, own.id);
  return own.accountId === location.accountId ? own.id : id;
}

/** Every message that the rows of these ids stand for: a conversation's, as far as they are in this folder. */
export function conversationsOf(app: MailApp, ids: readonly string[]): AccountSubject[] {
  const location = app.navigation.get();
  const shown = listAt(app, location)?.store.getSnapshot().shown;
  const all = ids.flatMap((id) => {
    const row = shown?.at(shown.indexOf(rowIdAt(location, id)));
    return row === undefined ? id : idsOf(row);
  });
  return subjectsOf(app, [...new Set(all)]);
}

/** What `ids` are about in each account, with the rows that the shown list has, or that were opened. */
export function subjectsOf(app: MailApp, ids: readonly string[]): AccountSubject[] {
  const location = app.navigation.get();
  const home = homeAt(location);
  const byAccount = new Map<string, string[]>();
  for (const id of ids) {
    const own = ownOf(id, home);
    const known = byAccount.get(own.accountId);
    if (known === undefined) byAccount.set(own.accountId, [own.id]);
    else known.push(own.id);
  }
  return [...byAccount].map(([accountId, own]) => ({ accountId, subject: subjectOf(app, accountId, own) }));
}

/** The same in one account, by the names that messages have there; of "all N" there may be a hundred thousand. */
export function subjectOf(app: MailApp, accountId: string, ids: readonly string[]): Subject {
  const location = app.navigation.get();
  const isUnited = location.accountId === allAccounts;
  const shown =
    isUnited || location.accountId === accountId ? listAt(app, location)?.store.getSnapshot().shown : undefined;
  const rows = new Map<string, MessageSummary>();
  const relatives = relativesOf(app, accountId);
  for (const id of ids) {
    const name = isUnited ? unitedId(accountId, id) : id;
    const listed = shown?.at(shown.indexOf(name));
    const row =
      listed === undefined
        ? (app.queries.getQueryData<MessageSummary>(queryKeys.message(accountId, id)) ?? relatives.get(id))
        : messageOf(listed, name);
    if (row !== undefined) rows.set(id, isUnited && listed !== undefined ? ownRow(row) : row);
  }
  const mailboxId = mailboxOf(app, location, accountId);
  const areThere = mailboxId === null || [...rows.values()].every((row) => row.mailboxId === mailboxId);
  return { ids, rows, mailboxId: areThere ? mailboxId : null };
}

/** What open conversations have in other folders. */
const relativesOf = (app: MailApp, accountId: string): Map<string, MessageSummary> =>
  new Map(
    app.queries
      .getQueriesData<Relatives>({ queryKey: queryKeys.relatives(accountId) })
      .flatMap(([, known]) => known?.items ?? [])
      .map((item) => [item.id, item]),
  );

/** The one folder of an account whose messages are shown; null where they are of several. */
export function mailboxOf(
  app: MailApp,
  { accountId, mailboxId, query, scope }: MailLocation,
  of: string,
): string | null {
  if (accountId === allAccounts) return query === '' ? (inboxOf(app, of) ?? null) : null;
  return of === accountId && (query === '' || scope === 'mailbox') ? mailboxId : null;
}

/** The subjects of a command, asking for every id where "all N" is chosen. Throws ApiError. */
export async function resolveSubjects(app: MailApp): Promise<AccountSubject[]> {
  const location = app.navigation.get();
  const { accountId, mailboxId, filter } = location;
  if (!app.selection.get().isAll || accountId === null || mailboxId === null)
    return conversationsOf(app, currentIds(app));
  const isUnited = accountId === allAccounts;
  if (location.query !== '' && (isUnited || location.scope === 'account'))
    return subjectsOf(app, allHits(app, location));
  // Of conversations, all that the rows stand for.
  const isCollapsed = isCollapsedView(app.queries.getQueryData<Session>(queryKeys.session));
  const collapse = isCollapsed && (filter !== null || location.query !== '') ? { collapse: 'true' as const } : {};
  const narrowed = { ...(filter === null ? {} : { filter }), ...collapse };
  if (isUnited) {
    const { accounts } = await call('listInboxesIds', { query: narrowed });
    return accounts.map((one) => ({ accountId: one.accountId, subject: subjectOf(app, one.accountId, one.ids) }));
  }
  const q = location.query === '' ? {} : { q: location.query };
  const { ids } = await call('listMessageIds', { params: { accountId, mailboxId }, query: { ...q, ...narrowed } });
  return subjectsOf(app, ids);
}

const allHits = (app: MailApp, location: MailLocation): string[] => {
  const rows = listAt(app, location)?.store.getSnapshot().list.rows;
  return rows === undefined ? [] : [...rows.values()].flatMap(idsOf);
};
