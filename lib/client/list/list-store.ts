import type { MessageSummary } from '../../mail/model.ts';
import { type ApiError, asApiError } from '../api-error.ts';
import type { ShownChanges } from './pending.ts';
import { type ShownList, showList } from './shown-list.ts';
import {
  emptyList,
  findRow,
  insertMessages,
  type ListPage,
  mapRows,
  markStale,
  putPage,
  removeMessages,
  type SparseList,
  trimAround,
  windowSize,
  windowsToFetch,
} from './sparse-list.ts';
import { markRow } from './thread-row.ts';

export interface ListSnapshot {
  list: SparseList;
  shown: ShownList;
  status: 'loading' | 'ready' | 'failed';
  error: ApiError | null;
  /** Messages that came in at the top since `acknowledge`. */
  arrived: number;
}

/** A list as far as writes know it: what it holds, and what it is told once the server has answered. */
export interface WrittenList {
  /** Where a message is, and the row that stands for it; undefined where it is not held. */
  find(id: string): { position: number; row: MessageSummary } | undefined;
  /** Reads again what is on the screen, and the top; the rest when it is seen. */
  refresh(): void;
  /** Marks everything as of an earlier state: read again at the next `look`. */
  expire(): void;
  /** `unseen`: how many more have gone from this list, of which it holds no row. */
  removeMessages(ids: ReadonlySet<string>, unseen?: number): void;
  /** Shows messages again at the positions that they had. */
  restoreMessages(entries: readonly { position: number; row: MessageSummary }[]): void;
  setKeywords(ids: ReadonlySet<string>, add: readonly string[], remove: readonly string[]): void;
}

/** One live list: committed rows filled by what is looked at, shown through the pending changes. */
export interface ListStore extends WrittenList {
  getSnapshot(): ListSnapshot;
  subscribe(listener: () => void): () => void;
  /** Tells which shown indexes are on the screen; fetches what they lack and aborts what they no longer need. */
  look(from: number, to: number): void;
  acknowledge(): void;
  /** Keywords have changed on the server: as `refresh`, but what was changed here takes no row from under the pointer. */
  refreshKeywords(): void;
  /** Lets go of what is fetched and of the pending changes: the list is not shown any more. */
  rest(): void;
}

export type FetchWindow = (position: number, limit: number, signal: AbortSignal) => Promise<ListPage>;

const flingMs = 70;
/** So long after a change of our own, the server's word of changed keywords is about that one. */
export const echoMs = 2_000;
const keptRows = 1_000;

/** A list over `fetchWindow`; `dependsOnKeywords`: which messages are in it. Answers that began before a write was committed are dropped and asked for again. */
export function createListStore(
  fetchWindow: FetchWindow,
  pending: ShownChanges,
  { initial, dependsOnKeywords = false }: { initial?: ListPage | undefined; dependsOnKeywords?: boolean } = {},
): ListStore {
  let list = initial === undefined ? emptyList : putPage(emptyList, initial);
  let status: ListSnapshot['status'] = initial === undefined ? 'loading' : 'ready';
  let error: ApiError | null = null;
  let arrived = 0;
  let commits = 0;
  let wasReadDuringWrite = false;
  let markedAt = Number.NEGATIVE_INFINITY;
  let seen = { from: 0, to: windowSize - 1 };
  let wantsTop = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const inFlight = new Map<number, AbortController>();
  const listeners = new Set<() => void>();
  let snapshot = take();

  function take(): ListSnapshot {
    return { list, shown: showList(list, pending.get()), status, error, arrived };
  }
  function tell() {
    snapshot = take();
    for (const listener of listeners) listener();
  }
  function commit(next: SparseList) {
    commits += 1;
    list = wasReadDuringWrite ? markStale(next) : next;
    wasReadDuringWrite = false;
    tell();
    fetchSeen();
  }

  function wanted(): number[] {
    const from = snapshot.shown.positionOf(seen.from);
    const to = snapshot.shown.positionOf(seen.to);
    const windows = windowsToFetch(list, from, to);
    return wantsTop && !windows.includes(0) ? [0, ...windows] : windows;
  }
  function fetchSeen() {
    timer = undefined;
    const windows = wanted();
    for (const [window, controller] of inFlight) {
      if (windows.includes(window)) continue;
      controller.abort();
      inFlight.delete(window);
    }
    for (const window of windows) if (!inFlight.has(window)) void read(window);
  }

  async function read(window: number) {
    const controller = new AbortController();
    inFlight.set(window, controller);
    const startedAt = commits;
    try {
      const page = await fetchWindow(window * windowSize, windowSize, controller.signal);
      if (controller.signal.aborted) return;
      inFlight.delete(window);
      if (startedAt === commits) accept(window, page);
      else fetchSeen();
    } catch (thrown) {
      if (controller.signal.aborted) return;
      inFlight.delete(window);
      error = asApiError(thrown);
      if (list.total === null) status = 'failed';
      tell();
    }
  }

  function accept(window: number, page: ListPage) {
    if (window === 0) {
      wantsTop = false;
      if (list.total !== null && list.state !== page.state) arrived += countArrivals(list, page);
    }
    if (pending.get().length > 0) wasReadDuringWrite = true;
    list = trimAround(putPage(list, page), page.position, keptRows);
    status = 'ready';
    error = null;
    tell();
    fetchSeen();
  }

  function refresh() {
    list = markStale(list);
    error = null;
    wantsTop = true;
    if (list.total === null) status = 'loading';
    tell();
    fetchSeen();
  }

  const stopListening = pending.subscribe(tell);
  return {
    getSnapshot: () => snapshot,
    find: (id) => findRow(list, id),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    look(from, to) {
      const isFling = Math.abs(from - seen.from) > windowSize;
      seen = { from, to };
      clearTimeout(timer);
      if (isFling) timer = setTimeout(fetchSeen, flingMs);
      else fetchSeen();
    },
    refresh,
    refreshKeywords() {
      const isOwn = performance.now() - markedAt < echoMs || pending.get().some(({ kind }) => kind === 'keywords');
      if (!dependsOnKeywords || !isOwn) refresh();
    },
    expire() {
      list = markStale(list);
      wantsTop = true;
    },
    acknowledge() {
      if (arrived === 0) return;
      arrived = 0;
      tell();
    },
    rest() {
      clearTimeout(timer);
      for (const controller of inFlight.values()) controller.abort();
      inFlight.clear();
      stopListening();
    },
    removeMessages: (ids, unseen) => commit(removeMessages(list, ids, unseen)),
    // Not fetched again: the server gives them back only when the undo has been answered, which ends in `refresh`.
    restoreMessages(entries) {
      commits += 1;
      list = insertMessages(list, entries);
      tell();
    },
    setKeywords(ids, add, remove) {
      markedAt = performance.now();
      commit(mapRows(list, ids, (row) => markRow(row, ids, add, remove)));
    },
  };
}

/** How many rows stand above the first that was known before: new mail, where the list is newest first. */
function countArrivals(list: SparseList, page: ListPage): number {
  const known = page.items.findIndex((item) => list.positions.has(item.id));
  return known === -1 ? Math.max(0, page.total - (list.total ?? 0)) : known;
}
