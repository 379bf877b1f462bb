import { QueryClient } from '@tanstack/react-query';
import type { Session } from '../../contract/operations.ts';
import type { Mailbox, MakeableRole } from '../../mail/model.ts';
import type { Deed } from '../actions/deed.ts';
import type { ActionEnvironment, ActionReport, LabelMark } from '../actions/environment.ts';
import { asApiError } from '../api-error.ts';
import { type Composers, createComposers } from '../compose/panels.ts';
import type { LiveState } from '../events/live.ts';
import type { ListStore } from '../list/list-store.ts';
import { createLists, type Lists, type ListView, type WrittenLists } from '../list/lists.ts';
import { createPendingChanges, type PendingChanges, type ShownChanges } from '../list/pending.ts';
import { emptySelection, type Selection } from '../list/selection.ts';
import type { ListPage } from '../list/sparse-list.ts';
import { formatLocation } from '../location.ts';
import { createNavigation, type Navigation } from '../navigation.ts';
import type { NoticeWish } from '../notices/wish.ts';
import { queryKeys } from '../query-keys.ts';
import type { TextSize } from '../reader/reading.ts';
import { allAccounts } from '../united/united-id.ts';
import { createWrittenLists, unitedChanges } from '../united/written-lists.ts';
import { createRemembered, type Remembered } from './remembered.ts';
import { createValue, type Value } from './value.ts';

/** What lies over the page: one at a time. */
export type Overlay =
  | { type: 'palette' | 'shortcuts' | 'settings' | 'account' }
  /** `keyword`: of the label that the person has asked to change. */
  | { type: 'labels'; keyword?: string }
  /** `isSaving`: what is searched for is to be kept. `id`: of the kept search that the person has asked to change. */
  | { type: 'searches'; isSaving?: true; id?: string }
  /** Null: what is chosen, seen or not. */
  | { type: 'label'; ids: readonly string[] | null; onChosen: (mark: LabelMark) => void }
  | { type: 'goFolder' }
  /** What waits to be sent. */
  | { type: 'outbox'; accountId: string }
  /** `added`: whom the person wants among them. */
  | { type: 'contacts'; added?: { name: string; email: string } }
  /** A message as it came. */
  | { type: 'original'; messageId: string; subject: string }
  /** Where from is not offered; null: from several. */
  | {
      type: 'move' | 'copy';
      accountId: string;
      from: string | null;
      onChosen: (to: Mailbox, accountId: string) => void;
    }
  | { type: 'createMailbox'; parentId: string | null }
  | { type: 'renameMailbox'; mailbox: Mailbox }
  /** An action needs a folder that is not there; `onMade` goes on when it has been made. */
  | { type: 'makeRole'; accountId: string; role: MakeableRole | 'inbox'; onMade: (made: Mailbox) => void };

/** What was done last, and when, in ms since 1970. */
export interface KeptDeeds {
  /** One in each account in which it was done. */
  deeds: readonly Deed[];
  doneAt: number;
}

/** Everything that one open page of the inbox holds, outside of React. */
export interface MailApp {
  navigation: Navigation;
  queries: QueryClient;
  /** Ids are of an account, and may be the same in two: each has lists and changes of its own, as have all together. */
  listsOf(accountId: string): Lists;
  pendingOf(accountId: string): PendingChanges;
  selection: Value<Selection>;
  /** The shown indexes that are on the screen. */
  visible: Value<{ from: number; to: number }>;
  /** What is being dragged from the list: messages, or all that is chosen, seen or not. */
  dragged: Value<readonly string[] | 'chosen' | null>;
  /** How far each list was scrolled, for when it is shown again. */
  places: WeakMap<ListStore, number>;
  overlay: Value<Overlay | null>;
  /** The message that is shown otherwise than the setting says, formatted or plain. */
  chosenBody: Value<{ messageId: string; kind: 'html' | 'plain' } | null>;
  /** What is being written; opened by `openComposer`. */
  composers: Composers;
  /** Our addresses for the pictures of other servers that the message shows, by their own; printing shows them too. */
  shownPictures: Value<{ messageId: string; hrefs: ReadonlyMap<string, string> } | null>;
  drawer: Value<boolean>;
  /** What passes between us and the mail server is shown; never remembered. */
  inspector: Value<boolean>;
  live: Value<LiveState>;
  /** The Inbox that something has just come into. */
  arrival: Value<{ accountId: string; mailboxId: string } | null>;
  /** The stream of events stays open while the tab is hidden: this one shows notices for all. */
  listensHidden: Value<boolean>;
  report: Value<ActionReport | null>;
  /** What `z` takes back. */
  lastUndo: Value<(() => void) | null>;
  /** The same, after a reload and in other tabs. */
  keptDeeds: Remembered<KeptDeeds | null>;
  device: {
    collapsed: ReturnType<typeof createRemembered<string[]>>;
    isRail: ReturnType<typeof createRemembered<boolean>>;
    listWidth: ReturnType<typeof createRemembered<number>>;
    listHeight: ReturnType<typeof createRemembered<number>>;
    textSize: ReturnType<typeof createRemembered<TextSize>>;
    notices: ReturnType<typeof createRemembered<NoticeWish>>;
  };
  actionsOf(accountId: string): ActionEnvironment;
}

/** What the server has put into the document, so that the first paint waits for nothing. */
export interface MailStart {
  href: string;
  session: Session;
  mailboxes?: { accountId: string; mailboxes: Mailbox[] } | undefined;
  first?: { view: ListView; page: ListPage } | undefined;
  /** When, in ms since 1970: the first paint on both sides says "today" of the same moment. */
  drawnAt: number;
}

const freshMs = 60_000;

export function createMailApp(start: MailStart, onSignedOut: () => void): MailApp {
  const queries = createQueries(onSignedOut);
  queries.setQueryData(queryKeys.session, start.session);
  if (start.mailboxes !== undefined) {
    queries.setQueryData(queryKeys.mailboxes(start.mailboxes.accountId), start.mailboxes.mailboxes);
  }
  const isInbox = (accountId: string, mailboxId: string) => inboxOf({ queries }, accountId) === mailboxId;
  const ofAccount = keepByAccount(start.first, isInbox);
  const report = createValue<ActionReport | null>(null);
  const navigation = createNavigation(start.href);
  const selection = createValue(emptySelection);
  forgetSelectionElsewhere(navigation, selection);
  return {
    navigation,
    queries,
    listsOf: (accountId) => ofAccount(accountId).lists,
    pendingOf: (accountId) => ofAccount(accountId).pending,
    selection,
    visible: createValue({ from: 0, to: 0 }),
    dragged: createValue<readonly string[] | 'chosen' | null>(null),
    places: new WeakMap(),
    overlay: createValue<Overlay | null>(null),
    chosenBody: createValue<{ messageId: string; kind: 'html' | 'plain' } | null>(null),
    composers: createComposers(),
    shownPictures: createValue<{ messageId: string; hrefs: ReadonlyMap<string, string> } | null>(null),
    drawer: createValue(false),
    inspector: createValue(false),
    live: createValue<LiveState>('connecting'),
    arrival: createValue<{ accountId: string; mailboxId: string } | null>(null),
    listensHidden: createValue(false),
    report,
    lastUndo: createValue<(() => void) | null>(null),
    keptDeeds: createRemembered<KeptDeeds | null>('deeds', null),
    device: {
      collapsed: createRemembered<string[]>('collapsed', []),
      isRail: createRemembered('rail', false),
      listWidth: createRemembered('list-width', 400),
      listHeight: createRemembered('list-height', 360),
      textSize: createRemembered<TextSize>('text-size', 100),
      notices: createRemembered<NoticeWish>('notices', 'off'),
    },
    actionsOf(accountId) {
      const { pending, written } = ofAccount(accountId);
      return { accountId, pending, lists: written, queries, report: report.set };
    },
  };
}

/** The id of an account's Inbox, once its folders are known. */
export const inboxOf = ({ queries }: Pick<MailApp, 'queries'>, accountId: string): string | undefined =>
  queries.getQueryData<Mailbox[]>(queryKeys.mailboxes(accountId))?.find(({ role }) => role === 'inbox')?.id;

interface OfAccount {
  lists: Lists;
  pending: PendingChanges;
  /** With those of all accounts, which hold messages of this one too. */
  written: WrittenLists;
}

/** The lists and the changes of each account, made when the account is first looked at. */
function keepByAccount(
  first: MailStart['first'],
  isInbox: (accountId: string, mailboxId: string) => boolean,
): (accountId: string) => OfAccount {
  const kept = new Map<string, OfAccount>();
  const listeners = new Set<() => void>();
  const ofAll: ShownChanges = {
    get: () => [...kept].flatMap(([accountId, { pending }]) => unitedChanges(accountId, pending)),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return (accountId) => {
    const known = kept.get(accountId);
    if (known !== undefined) return known;
    const pending = createPendingChanges();
    pending.subscribe(() => {
      for (const listener of listeners) listener();
    });
    const initial = first?.view.accountId === accountId ? first : undefined;
    const lists = createLists(accountId === allAccounts ? ofAll : pending, initial);
    const united = () => kept.get(allAccounts)?.lists;
    const written = createWrittenLists(accountId, lists, united, (mailboxId) => isInbox(accountId, mailboxId));
    const made = { pending, lists, written };
    kept.set(accountId, made);
    return made;
  };
}

/** What is chosen belongs to its list: in another one it would be acted on unseen. */
function forgetSelectionElsewhere(navigation: Navigation, selection: Value<Selection>): void {
  const listOf = () => formatLocation({ ...navigation.get(), messageId: null });
  let shown = listOf();
  navigation.subscribe(() => {
    const now = listOf();
    if (now !== shown) selection.set(emptySelection);
    shown = now;
  });
}

function createQueries(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshMs,
        gcTime: 10 * freshMs,
        refetchOnWindowFocus: false,
        retry: (count, thrown) => {
          const error = asApiError(thrown);
          if (error.isSignedOut) onSignedOut();
          return count < 2 && ['offline', 'busy', 'timeout', 'unreachable'].includes(error.code);
        },
      },
    },
  });
}
