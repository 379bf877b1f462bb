import { streamHeaders } from './headers.ts';

/**
 * Sends one server-sent event; equal ones that the caller has not read yet are sent once. False, and not sent, where
 * 2,000 are unread.
 */
export type Send = (event: { type: string }) => boolean;

const maxUnread = 2_000;

interface EventSourceWork {
  requestId: string;
  /** Any of them ends the stream: the caller has left, the process stops. */
  signals: readonly AbortSignal[];
  heartbeatMs: number;
  /** False ends the stream: asked at every heartbeat. */
  mayGoOn: () => Promise<boolean>;
  /** Sends until `signal` aborts; its end is the stream's end. Never throws. */
  run: (send: Send, signal: AbortSignal) => Promise<void>;
}

/** Answers with server-sent events (WHATWG HTML §9.2). A comment at every heartbeat keeps proxies from closing it. */
export function eventResponse({ requestId, signals, heartbeatMs, mayGoOn, run }: EventSourceWork): Response {
  const waiting = new Set<string>();
  const { end, over } = endedBy(signals);
  let wake = () => {};
  const put = (text: string) => {
    const hasRoom = waiting.size < maxUnread;
    if (hasRoom) waiting.add(text);
    wake();
    return hasRoom;
  };
  const send: Send = (event) => put(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  const heartbeat = setInterval(() => {
    put(':\n\n');
    mayGoOn().then((goesOn) => goesOn || end(), end);
  }, heartbeatMs);
  over.addEventListener('abort', () => {
    clearInterval(heartbeat);
    wake();
  });
  // The caller may have left before it came to this; then nothing fires any more.
  if (over.aborted) clearInterval(heartbeat);
  else void run(send, over).finally(end);

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // A slow reader meets a set that does not grow with time: equal events are one.
        while (waiting.size === 0 && !over.aborted) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        if (waiting.size > 0) controller.enqueue(encoder.encode([...waiting].join('')));
        waiting.clear();
        if (over.aborted) controller.close();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
  const headers = streamHeaders(requestId);
  headers.set('Content-Type', 'text/event-stream');
  return new Response(body, { headers });
}

/** One signal for all of them. Not AbortSignal.any: in Node 20 it leaks on one that lives as long as the process. */
function endedBy(signals: readonly AbortSignal[]): { end: () => void; over: AbortSignal } {
  const ending = new AbortController();
  const end = () => {
    for (const signal of signals) signal.removeEventListener('abort', end);
    ending.abort();
  };
  for (const signal of signals) signal.addEventListener('abort', end);
  if (signals.some(({ aborted }) => aborted)) end();
  return { end, over: ending.signal };
}

const encoder = new TextEncoder();
