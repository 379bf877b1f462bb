import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Account, Session, Settings } from '../../contract/operations.ts';
import type { Capabilities, Mailbox } from '../../mail/model.ts';
import { call } from '../api.ts';
import type { ListSnapshot, ListStore } from '../list/list-store.ts';
import type { MailLocation } from '../location.ts';
import { withCounts } from '../mailboxes/tree.ts';
import { queryKeys } from '../query-keys.ts';
import type { SearchStore } from '../search/search-store.ts';
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

/** The account that is shown: the one of the URL, else the first. */
export function useAccount(): Account {
  const { accountId } = useMailLocation();
  const { accounts } = useSession();
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
  if (account === undefined) throw new Error('a session has at least one account');
  return account;
}

/** What the account can do; until that is known, nothing beyond reading. */
export const useCapabilities = (): Capabilities => useAccount().capabilities ?? readingOnly;

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

/** The folder that is shown: the one of the URL, else the inbox. */
export function useMailbox(): Mailbox | undefined {
  const { mailboxId } = useMailLocation();
  const { mailboxes } = useMailboxes(useAccount().id);
  return mailboxes?.find(({ id }) => id === mailboxId) ?? mailboxes?.find(({ role }) => role === 'inbox');
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
  if (query !== '') {
    const search = app
      .listsOf(accountId)
      .search({ accountId, query, mailboxId: scope === 'account' ? null : mailboxId });
    return { store: search, search };
  }
  const isCollapsed = isCollapsedView(app.queries.getQueryData<Session>(queryKeys.session), location);
  const view = { accountId, mailboxId, sort, isAscending, filter, isCollapsed };
  return { store: app.listsOf(accountId).open(view), search: null };
}

/** A folder in its own order, whole, is listed in conversations where the person has not turned that off. */
export const isCollapsedView = (
  session: Session | undefined,
  { sort, filter }: Pick<MailLocation, 'sort' | 'filter'>,
): boolean => session?.settings.collapsesThreads === true && sort === 'receivedAt' && filter === null;

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
