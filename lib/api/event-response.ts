import { streamHeaders } from './headers.ts';

/** Sends one server-sent event; equal ones that the caller has not read yet are sent once. */
export type Send = (event: { type: string }) => void;

interface EventSourceWork {
  requestId: string;
  /** Aborts when the caller leaves. */
  signal: AbortSignal;
  heartbeatMs: number;
  /** False ends the stream: asked at every heartbeat. */
  mayGoOn: () => Promise<boolean>;
  /** Sends until `signal` aborts; its end is the stream's end. Never throws. */
  run: (send: Send, signal: AbortSignal) => Promise<void>;
}

/** Answers with server-sent events (WHATWG HTML §9.2). A comment at every heartbeat keeps proxies from closing it. */
export function eventResponse({ requestId, signal, heartbeatMs, mayGoOn, run }: EventSourceWork): Response {
  const waiting = new Set<string>();
  const ending = new AbortController();
  const over = AbortSignal.any([signal, ending.signal]);
  let wake = () => {};
  const put = (text: string) => {
    waiting.add(text);
    wake();
  };
  const send: Send = (event) => put(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  const heartbeat = setInterval(() => {
    put(':\n\n');
    mayGoOn().then(
      (goesOn) => goesOn || ending.abort(),
      () => ending.abort(),
    );
  }, heartbeatMs);
  over.addEventListener('abort', () => {
    clearInterval(heartbeat);
    wake();
  });
  void run(send, over).finally(() => ending.abort());

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
      cancel: () => ending.abort(),
    },
    { highWaterMark: 0 },
  );
  const headers = streamHeaders(requestId);
  headers.set('Content-Type', 'text/event-stream');
  return new Response(body, { headers });
}

const encoder = new TextEncoder();
