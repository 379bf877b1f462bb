import type { ServerEvent } from '../../contract/operations.ts';
import { urlOf } from '../routes.ts';

/** Whether changes on the server are being told to us now. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'offline';

export interface LiveRequest {
  accountId: string;
  mailboxId: string | null;
  onEvent: (event: ServerEvent) => void;
  onState: (state: LiveState) => void;
  /** The server listens for us from now on. What changed since the list was read, before or while the stream was lost, was not told. */
  onListening: () => void;
  /** Whether to go on while nobody looks at this tab. */
  staysHidden: () => boolean;
}

const firstRetryMs = 1_000;
const lastRetryMs = 30_000;
const hiddenMs = 60_000;

const isRefused = (code: string) => code === 'unauthenticated' || code === 'passwordRefused';

/** Listens to /api/events until the returned function is called. Reconnects with back-off, at once when the network is back. */
export function listenLive(request: LiveRequest): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retryMs = firstRetryMs;

  const connect = () => {
    clearTimeout(timer);
    source?.close();
    const { accountId, mailboxId } = request;
    source = new EventSource(urlOf('getEvents', {}, { accountId, mailboxId }));
    source.onerror = failed;
    for (const type of ['mailbox', 'mailboxes', 'submissions', 'problem', 'live'] as const)
      source.addEventListener(type, receive);
  };
  const listening = () => {
    retryMs = firstRetryMs;
    request.onState('live');
    request.onListening();
  };
  const receive = (message: MessageEvent<string>) => {
    const event = JSON.parse(message.data) as ServerEvent;
    // What happens to the other accounts changes nothing about this one.
    if (event.accountId === request.accountId) {
      if (event.type === 'problem') request.onState('reconnecting');
      if (event.type === 'live') listening();
      // Tried again by itself, a refused password locks the person out: it waits until somebody comes back to the tab.
      if (event.type === 'problem' && isRefused(event.code)) source?.close();
    }
    request.onEvent(event);
  };
  // The browser retries a broken stream by itself but never a refused one, and hammers a server that is restarting.
  const failed = () => {
    source?.close();
    request.onState(navigator.onLine ? 'reconnecting' : 'offline');
    timer = setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  };
  const online = () => {
    retryMs = firstRetryMs;
    connect();
  };
  const offline = () => request.onState('offline');

  // A browser opens six connections to a host: streams of tabs that nobody looks at would leave none for the others.
  let hiding: ReturnType<typeof setTimeout> | undefined;
  const seen = () => {
    clearTimeout(hiding);
    if (document.hidden) hiding = setTimeout(() => request.staysHidden() || source?.close(), hiddenMs);
    else if (source?.readyState === EventSource.CLOSED) connect();
  };

  request.onState('connecting');
  connect();
  document.addEventListener('visibilitychange', seen);
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  return () => {
    clearTimeout(timer);
    clearTimeout(hiding);
    source?.close();
    document.removeEventListener('visibilitychange', seen);
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
  };
}
