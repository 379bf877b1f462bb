import type { ExchangeEvent } from '../../contract/operations.ts';
import { urlOf } from '../routes.ts';
import { addRows, type ExchangeRow } from './lines.ts';

export interface ExchangeSnapshot {
  rows: readonly ExchangeRow[];
  state: 'connecting' | 'live' | 'reconnecting';
  /** While paused: how many came since, and wait. */
  waiting: number | null;
}

/** The lines of one account's exchange while somebody looks. */
export interface ExchangeStore {
  subscribe(listener: () => void): () => void;
  getSnapshot(): ExchangeSnapshot;
  setPaused(isPaused: boolean): void;
  clear(): void;
}

const retryMs = 3_000;
/** Lines come in bursts; the screen is drawn once for each. */
const gatherMs = 50;
const hiddenMs = 60_000;

/** Listens from the first subscriber to the last; what was heard goes with it. */
export function createExchangeStore(accountId: string): ExchangeStore {
  const listeners = new Set<() => void>();
  const empty: ExchangeSnapshot = { rows: [], state: 'connecting', waiting: null };
  let snapshot = empty;
  let unread: Exclude<ExchangeEvent, { type: 'live' }>[] = [];
  let source: EventSource | null = null;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let nextKey = 0;

  const change = (next: Partial<ExchangeSnapshot>) => {
    snapshot = { ...snapshot, ...next };
    for (const listener of listeners) listener();
  };
  const take = () => {
    gathering = undefined;
    if (snapshot.waiting !== null) return change({ waiting: unread.length });
    const rows = addRows(snapshot.rows, unread, nextKey);
    nextKey += unread.length;
    unread = [];
    change({ rows });
  };
  const receive = (message: MessageEvent<string>) => {
    const event = JSON.parse(message.data) as ExchangeEvent;
    if (event.type === 'live') return change({ state: 'live' });
    unread.push(event);
    // While paused, as many wait as are shown.
    if (unread.length > 2_000) unread.shift();
    gathering ??= setTimeout(take, gatherMs);
  };
  const listen = () => {
    clearTimeout(retry);
    source?.close();
    source = new EventSource(urlOf('getExchange', { accountId }));
    for (const type of ['live', 'line', 'skipped'] as const) source.addEventListener(type, receive);
    source.onerror = () => {
      source?.close();
      change({ state: 'reconnecting' });
      retry = setTimeout(listen, retryMs);
    };
  };
  // A browser opens six connections to a host: a drawer in a tab that nobody looks at leaves its own to others.
  const seen = () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(() => source?.close(), hiddenMs);
    else if (source?.readyState === EventSource.CLOSED) listen();
  };
  const stop = () => {
    for (const timer of [gathering, retry, hiding]) clearTimeout(timer);
    gathering = undefined;
    source?.close();
    source = null;
    document.removeEventListener('visibilitychange', seen);
    unread = [];
    snapshot = empty;
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        listen();
        document.addEventListener('visibilitychange', seen);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
    getSnapshot: () => snapshot,
    setPaused(isPaused) {
      snapshot = { ...snapshot, waiting: isPaused ? unread.length : null };
      take();
    },
    clear() {
      unread = [];
      change({ rows: [], waiting: snapshot.waiting === null ? null : 0 });
    },
  };
}
