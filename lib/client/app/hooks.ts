import { type QueryClient, useQuery } from '@tanstack/react-query';
import { useMemo, useSyncExternalStore } from 'react';
import type { Account, Session, Settings } from '../../contract/operations.ts';
import type { Capabilities, Mailbox } from '../../mail/model.ts';
import { call } from '../api.ts';
import type { ListSnapshot, ListStore } from '../list/list-store.ts';
import type { MailLocation } from '../location.ts';
import { withCounts } from '../mailboxes/tree.ts';
import { queryKeys } from '../query-keys.ts';
import type { SearchStore } from '../search/search-store.ts';
import { allAccounts, allInboxes, ownOf } from '../united/united-id.ts';
import { useMail } from './context.ts';
import type { MailApp } from './mail-app.ts';
import { useValue } from './value.ts';

/** What the address bar says. */
export const useMailLocation = (): MailLocation => useValue(useMail().navigation);

/** Who is signed in. It is in the document, so it is always here. */
export function useSession(): Session {
  const query = useQuery({
    queryKey: queryKeys.session,
    queryFn: ({ signal }) => call('getSession', { signal }),
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data?.accounts.some(isAwaited) === true ? Math.min(longestPauseMs, 1_000 * 2 ** dataUpdateCount) : false,
  });
  if (query.data === undefined) throw new Error('the session is put into the cache before the page is drawn');
  return query.data;
}

/** Its server has not said in time what the account can do. */
const isAwaited = ({ capabilities, problem }: Account) => capabilities === null && problem !== 'passwordRefused';
const longestPauseMs = 60_000;

export const useSettings = (): Settings => useSession().settings;

/** Mail of all accounts is shown together; of one account there is no such place. */
export function useIsUnited(): boolean {
  const { accounts } = useSession();
  return useMailLocation().accountId === allAccounts && accounts.length > 1;
}

/** The account that is shown: the one of the URL, else the first; among all, that of the open message. */
export function useAccount(): Account {
  const location = useMailLocation();
  const { accounts } = useSession();
  const { accountId } = openAt(location);
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
  if (account === undefined) throw new Error('a session has at least one account');
  return account;
}

/** The open message and its account, as that account names it. */
export const openAt = ({ accountId, messageId }: MailLocation) => {
  const own = messageId === null ? null : ownOf(messageId, accountId ?? '');
  return { accountId: own?.accountId ?? accountId, messageId: own?.id ?? null };
};

/** What the account can do; until that is known, nothing beyond reading. All together have one order and no folders. */
export function useCapabilities(): Capabilities {
  const can = useAccount().capabilities ?? readingOnly;
  const isUnited = useIsUnited();
  const { accounts } = useSession();
  return useMemo(
    () => (isUnited ? { ...can, ...ofAll, watch: accounts.every((one) => one.capabilities?.watch === true) } : can),
    [isUnited, can, accounts],
  );
}

const ofAll = {
  mailboxes: { create: false, rename: false, delete: false, subscribe: false, nest: false },
  sort: ['receivedAt'],
  filter: ['unread', 'flagged'],
} satisfies Partial<Capabilities>;

const readingOnly: Capabilities = {
  protocol: 'imap',
  mailboxes: { create: false, rename: false, delete: false, subscribe: false, nest: false },
  move: false,
  copy: false,
  append: false,
  keywords: 'server',
  sort: ['receivedAt'],
  filter: [],
  threads: false,
  watch: false,
};

/** The folders of an account: names as soon as they are known, counts when they come. */
export function useMailboxes(accountId: string) {
  const params = { accountId };
  const names = useQuery({
    queryKey: queryKeys.mailboxes(accountId),
    queryFn: async ({ signal }) => (await call('listMailboxes', { params, signal })).mailboxes,
  });
  const counts = useQuery({
    queryKey: queryKeys.counts(accountId),
    queryFn: async ({ signal }) =>
      (await call('listMailboxes', { params, query: { counts: 'true' }, signal })).mailboxes,
    refetchInterval: 5 * 60_000,
  });
  const mailboxes = useMemo(
    () => (names.data === undefined ? undefined : withCounts(names.data, counts.data)),
    [names.data, counts.data],
  );
  return { mailboxes, error: names.error, retry: () => void names.refetch() };
}

/** The folder that is shown: the one of the URL, else the inbox; among all accounts, one that stands for all Inboxes. */
export function useMailbox(): Mailbox | undefined {
  const { mailboxId } = useMailLocation();
  const { mailboxes } = useMailboxes(useAccount().id);
  const isUnited = useIsUnited();
  const counts = useInboxCounts(isUnited);
  const inbox = mailboxes?.find(({ role }) => role === 'inbox');
  const united = useMemo(() => inbox && { ...inbox, id: allInboxes, ...counts }, [inbox, counts]);
  if (isUnited) return united;
  return mailboxes?.find(({ id }) => id === mailboxId) ?? inbox;
}

/** What is in all Inboxes together, as far as their counts are known. */
export function useInboxCounts(isOn: boolean): Pick<Mailbox, 'totalMessages' | 'unreadMessages'> {
  const { queries } = useMail();
  const { accounts } = useSession();
  const told = () => (isOn ? sumOf(queries, accounts) : '');
  const sums = useSyncExternalStore((changed) => queries.getQueryCache().subscribe(changed), told, told);
  return useMemo(() => {
    const [totalMessages = null, unreadMessages = null] = sums === '' ? [] : sums.split(' ').map(Number);
    return { totalMessages, unreadMessages };
  }, [sums]);
}

/** A text, since what is compared must be the same while nothing has changed; empty where nothing is known. */
function sumOf(queries: QueryClient, accounts: readonly Account[]): string {
  const inboxes = accounts.flatMap(
    ({ id }) => queries.getQueryData<Mailbox[]>(queryKeys.counts(id))?.find(({ role }) => role === 'inbox') ?? [],
  );
  const sum = (of: 'totalMessages' | 'unreadMessages') => inboxes.reduce((all, inbox) => all + (inbox[of] ?? 0), 0);
  return inboxes.length === 0 ? '' : `${sum('totalMessages')} ${sum('unreadMessages')}`;
}

/** Whether what is shown can be given labels; a search over all folders may find what can. */
export function useMayLabel(): boolean {
  const { query, scope } = useMailLocation();
  const mayMakeKeywords = useMailbox()?.rights.mayMakeKeywords ?? true;
  return mayMakeKeywords || (query !== '' && scope === 'account');
}

export interface CurrentList {
  store: ListStore;
  search: SearchStore | null;
}

/** The list that a location shows; null before it is known which. The same store for everyone who asks. */
export function listAt(app: MailApp, location: MailLocation): CurrentList | null {
  const { accountId, mailboxId, query, scope, sort, isAscending, filter } = location;
  if (accountId === null || mailboxId === null) return null;
  const isCollapsed = isCollapsedView(app.queries.getQueryData<Session>(queryKeys.session));
  if (query !== '') {
    const search = app
      .listsOf(accountId)
      .search({ accountId, query, mailboxId: scope === 'account' ? null : mailboxId, isCollapsed });
    return { store: search, search };
  }
  const view = {
    accountId,
    mailboxId: accountId === allAccounts ? allInboxes : mailboxId,
    sort,
    isAscending,
    filter,
    isCollapsed,
  };
  return { store: app.listsOf(accountId).open(view), search: null };
}

/** A folder is listed in conversations, in whatever order and filter, where the person has not turned that off. */
export const isCollapsedView = (session: Session | undefined): boolean => session?.settings.collapsesThreads === true;

export function useCurrentList(): CurrentList | null {
  const app = useMail();
  const location = useMailLocation();
  const { accountId, mailboxId, query, scope, sort, isAscending, filter } = location;
  const { collapsesThreads } = useSettings();
  const place = [app, accountId, mailboxId, query, scope, sort, isAscending, filter, collapsesThreads];
  // biome-ignore lint/correctness/useExhaustiveDependencies: an open message does not make it another list
  return useMemo(() => listAt(app, location), place);
}

const nothing = { get: () => null, subscribe: () => () => undefined };

export function useSnapshot(store: ListStore | undefined): ListSnapshot | null {
  const source = useMemo(
    () => (store === undefined ? nothing : { get: store.getSnapshot, subscribe: store.subscribe }),
    [store],
  );
  return useValue<ListSnapshot | null>(source);
}
