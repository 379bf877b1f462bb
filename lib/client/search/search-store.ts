import type { MessageSummary, MissingAccount, SearchEvent } from '../../mail/model.ts';
import { type ApiErrorCode, asApiError } from '../api-error.ts';
import { echoMs, type ListSnapshot, type ListStore } from '../list/list-store.ts';
import type { ShownChanges } from '../list/pending.ts';
import { showList } from '../list/shown-list.ts';
import {
  emptyList,
  findRow,
  insertMessages,
  keepIdentity,
  mapRows,
  removeMessages,
  type SparseList,
} from '../list/sparse-list.ts';
import { idsOf, markRow } from '../list/thread-row.ts';

/** How far a search is. `total` is null until the server has told how many folders it looks in. */
export interface SearchProgress {
  isRunning: boolean;
  wasCancelled: boolean;
  done: number;
  total: number | null;
  /** Folders that could not be searched whole. */
  incomplete: readonly { mailboxId: string; code: ApiErrorCode }[];
  /** In a search of all accounts: those that could not be searched whole. */
  missing: readonly MissingAccount[];
}

export interface SearchStore extends ListStore {
  getProgress(): SearchProgress;
  cancel(): void;
  /** A folder has changed: what it holds of the search is looked for again. What was marked here takes no row from under the pointer. */
  renew(mailboxId: string, isAboutKeywords: boolean): void;
}

/** What a search tells, of one account or of all. */
export type SearchNews = SearchEvent | ({ type: 'missing' } & MissingAccount);
export type RunSearch = (signal: AbortSignal) => AsyncIterable<SearchNews>;
/** What one folder holds of the search by now; null where that would be too much to ask for. */
export type SearchAgain = (mailboxId: string, signal: AbortSignal) => Promise<MessageSummary[] | null>;

const paintMs = 60;
const renewMs = 400;

/** The results of one search as a list: newest first, growing as hits come, painted at most every 60 ms. */
export function createSearchStore(run: RunSearch, again: SearchAgain, pending: ShownChanges): SearchStore {
  let list: SparseList = emptyList;
  let status: ListSnapshot['status'] = 'loading';
  let error: ListSnapshot['error'] = null;
  let progress: SearchProgress = idle;
  let waiting: MessageSummary[] = [];
  let painter: ReturnType<typeof setTimeout> | undefined;
  let controller: AbortController | null = null;
  let commits = 0;
  let markedAt = Number.NEGATIVE_INFINITY;
  let renewer: ReturnType<typeof setTimeout> | undefined;
  const changed = new Set<string>();
  const listeners = new Set<() => void>();
  let snapshot = take();

  function take(): ListSnapshot {
    return { list, shown: showList(list, pending.get()), status, error, arrived: 0 };
  }
  function tell() {
    snapshot = take();
    for (const listener of listeners) listener();
  }
  function paint() {
    clearTimeout(painter);
    painter = undefined;
    if (waiting.length > 0) {
      list = mergeHits(list, waiting);
      waiting = [];
      status = 'ready';
    }
    tell();
  }
  function receive(event: SearchNews) {
    if (event.type === 'hits') waiting.push(...event.items);
    if (event.type === 'progress') progress = { ...progress, done: event.done, total: event.total };
    if (event.type === 'incomplete') {
      const { mailboxId, code } = event;
      progress = { ...progress, incomplete: [...progress.incomplete, { mailboxId, code }] };
    }
    if (event.type === 'missing') progress = { ...progress, missing: [...progress.missing, event] };
    painter ??= setTimeout(paint, paintMs);
  }
  async function start() {
    controller?.abort();
    const own = new AbortController();
    controller = own;
    list = emptyList;
    waiting = [];
    status = 'loading';
    error = null;
    progress = { ...idle, isRunning: true };
    tell();
    try {
      for await (const event of run(own.signal)) {
        if (own.signal.aborted) return;
        receive(event);
      }
      if (list.total === null) list = { ...list, total: 0 };
      status = 'ready';
    } catch (thrown) {
      if (own.signal.aborted) return;
      error = asApiError(thrown);
      if (list.rows.size === 0 && waiting.length === 0) status = 'failed';
    }
    progress = { ...progress, isRunning: false };
    paint();
  }
  function cancel() {
    if (!progress.isRunning) return;
    controller?.abort();
    progress = { ...progress, isRunning: false, wasCancelled: true };
    if (list.total === null) list = { ...list, total: 0 };
    status = 'ready';
    paint();
  }
  function change(next: SparseList) {
    commits += 1;
    list = next;
    tell();
  }
  async function renewChanged() {
    const own = controller;
    if (own === null || progress.wasCancelled) changed.clear();
    else if (!progress.isRunning) for (const mailboxId of changed) await renewFolder(mailboxId, own.signal);
    renewer = changed.size > 0 ? setTimeout(renewChanged, renewMs) : undefined;
  }
  async function renewFolder(mailboxId: string, signal: AbortSignal) {
    changed.delete(mailboxId);
    const startedAt = commits;
    const incomplete = progress.incomplete.filter((one) => one.mailboxId !== mailboxId);
    try {
      const items = await again(mailboxId, signal);
      if (signal.aborted || items === null) return;
      if (startedAt !== commits) return void changed.add(mailboxId);
      progress = { ...progress, incomplete };
      list = renewRows(list, mailboxId, items);
    } catch (thrown) {
      if (signal.aborted) return;
      progress = { ...progress, incomplete: [...incomplete, { mailboxId, code: asApiError(thrown).code }] };
    }
    tell();
  }

  const stopListening = pending.subscribe(tell);
  return {
    getSnapshot: () => snapshot,
    find: (id) => findRow(list, id),
    getProgress: () => progress,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    look() {
      if (controller === null) void start();
    },
    refresh: () => void start(),
    expire: () => undefined,
    refreshKeywords: () => undefined,
    acknowledge: () => undefined,
    cancel,
    renew(mailboxId, isAboutKeywords) {
      const isOwn = performance.now() - markedAt < echoMs || pending.get().some(({ kind }) => kind === 'keywords');
      if (isAboutKeywords && isOwn) return;
      changed.add(mailboxId);
      renewer ??= setTimeout(renewChanged, renewMs);
    },
    rest() {
      cancel();
      controller?.abort();
      changed.clear();
      clearTimeout(painter);
      clearTimeout(renewer);
      stopListening();
    },
    removeMessages: (ids) => change(removeMessages(list, ids)),
    restoreMessages: (entries) => change(insertMessages(list, entries)),
    setKeywords(ids, add, remove) {
      markedAt = performance.now();
      change(mapRows(list, ids, (row) => markRow(row, ids, add, remove)));
    },
  };
}

const idle: SearchProgress = {
  isRunning: false,
  wasCancelled: false,
  done: 0,
  total: null,
  incomplete: [],
  missing: [],
};

/** What a folder holds of the search now, in the place of what was found in it before. */
function renewRows(list: SparseList, mailboxId: string, items: readonly MessageSummary[]): SparseList {
  const others = [...list.rows].filter(([, row]) => row.mailboxId !== mailboxId);
  return mergeHits(
    { ...list, rows: new Map(others) },
    items.map((item) => keepIdentity(list, item)),
  );
}

/** Adds hits, newest first; a message that was found twice stays once. */
export function mergeHits(list: SparseList, hits: readonly MessageSummary[]): SparseList {
  const byId = new Map([...list.rows.values(), ...hits].map((row) => [row.id, row]));
  const sorted = [...byId.values()].sort((a, b) => b.receivedAt.localeCompare(a.receivedAt));
  const rows = new Map(sorted.map((row, position) => [position, row]));
  const positions = new Map(sorted.flatMap((row, position) => idsOf(row).map((id) => [id, position] as const)));
  return { ...list, total: sorted.length, rows, positions };
}
