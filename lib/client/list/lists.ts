import type { ListFilter, SortProperty } from '../../mail/model.ts';
import { call } from '../api.ts';
import { runSearch } from '../search/run-search.ts';
import { createSearchStore, type SearchStore } from '../search/search-store.ts';
import { allAccounts, unitedPage } from '../united/united-id.ts';
import { createListStore, type ListStore, type WrittenList } from './list-store.ts';
import type { ShownChanges } from './pending.ts';
import type { ListPage } from './sparse-list.ts';

/** Which list: a mailbox, or all Inboxes, in an order and filter. */
export interface ListView {
  accountId: string;
  mailboxId: string;
  sort: SortProperty;
  isAscending: boolean;
  filter: ListFilter | null;
  /** A row for each conversation. */
  isCollapsed: boolean;
}

export interface SearchView {
  accountId: string;
  query: string;
  /** Null: every folder. */
  mailboxId: string | null;
  /** A row for each conversation, where one folder is searched. */
  isCollapsed: boolean;
}

/** The lists that a write reaches. */
export interface WrittenLists {
  /** Those that hold messages of `mailboxId` (all of them for null), to be told of a change. */
  ofMailbox(mailboxId: string | null): WrittenList[];
  all(): WrittenList[];
}

/** Every list that was looked at lately, so that going back to one paints at once, and a write reaches them all. */
export interface Lists extends WrittenLists {
  open(view: ListView): ListStore;
  search(view: SearchView): SearchStore;
  ofMailbox(mailboxId: string | null): ListStore[];
  all(): ListStore[];
}

interface Entry<S> {
  key: string;
  view: { mailboxId: string | null };
  store: S;
}

const keptLists = 12;
const keptSearches = 4;

/** `initial` is the first page that the server has put into the document. */
export function createLists(pending: ShownChanges, initial?: { view: ListView; page: ListPage }): Lists {
  const lists: Entry<ListStore>[] = [];
  const searches: Entry<SearchStore>[] = [];
  const open = (view: ListView, page?: ListPage): ListStore =>
    recall(lists, JSON.stringify(view), view, keptLists, () =>
      createListStore(windowsOf(view), pending, {
        initial: page,
        dependsOnKeywords: view.filter === 'unread' || view.filter === 'flagged',
      }),
    );
  if (initial !== undefined) open(initial.view, initial.page);
  return {
    open: (view) => open(view),
    search: (view) =>
      recall(searches, JSON.stringify(view), view, keptSearches, () =>
        createSearchStore(
          (signal) => runSearch(view, signal),
          async (mailboxId, signal) => (await import('../search/search-again.ts')).searchAgain(view, mailboxId, signal),
          pending,
        ),
      ),
    ofMailbox: (mailboxId) =>
      lists.filter(({ view }) => mailboxId === null || view.mailboxId === mailboxId).map(({ store }) => store),
    all: () => [...lists, ...searches].map(({ store }) => store),
  };
}

function recall<S extends ListStore>(
  entries: Entry<S>[],
  key: string,
  view: { mailboxId: string | null },
  keep: number,
  create: () => S,
): S {
  const index = entries.findIndex((entry) => entry.key === key);
  const found = index === -1 ? undefined : entries.splice(index, 1)[0];
  const entry = found ?? { key, view, store: create() };
  entries.push(entry);
  if (entries.length > keep) entries.shift()?.store.rest();
  return entry.store;
}

const windowsOf = (view: ListView) => (position: number, limit: number, signal: AbortSignal) => {
  const query = {
    position,
    limit,
    // Always told: what the API takes for granted differs from one property to another.
    ascending: view.isAscending ? ('true' as const) : ('false' as const),
    ...(view.filter === null ? {} : { filter: view.filter }),
    ...(view.isCollapsed ? { collapse: 'true' as const } : {}),
  };
  const { accountId, mailboxId, sort } = view;
  if (accountId === allAccounts) return call('listInboxes', { query, signal }).then(unitedPage);
  return call('listMessages', { params: { accountId, mailboxId }, query: { ...query, sort }, signal });
};
