import { expect, test } from 'vitest';
import { eventResponse, type Send } from './event-response.ts';

function stream(options: { heartbeatMs?: number; mayGoOn?: () => Promise<boolean> } = {}) {
  const leaving = new AbortController();
  const held: { send?: Send; signal?: AbortSignal } = {};
  const response = eventResponse({
    requestId: 'r1',
    signals: [leaving.signal],
    heartbeatMs: options.heartbeatMs ?? 60_000,
    mayGoOn: options.mayGoOn ?? (async () => true),
    run: (send, signal) => {
      Object.assign(held, { send, signal });
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    },
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const read = async () => {
    const next = await reader.read();
    return next.done ? null : Buffer.from(next.value).toString();
  };
  return { leaving, held, read, reader, send: (event: { type: string; n?: number }) => held.send?.(event) };
}

test('an event is sent as it happens', async () => {
  const { send, read, reader } = stream();
  const first = read();
  send({ type: 'live' });
  expect(await first).toBe('event: live\ndata: {"type":"live"}\n\n');
  send({ type: 'mailbox', n: 1 });
  expect(await read()).toBe('event: mailbox\ndata: {"type":"mailbox","n":1}\n\n');
  await reader.cancel();
});

test('what a slow reader has not read yet is not said twice', async () => {
  const { send, read, reader } = stream();
  for (let times = 0; times < 10_000; times++) send({ type: 'mailbox', n: times % 2 });
  expect((await read())?.match(/event:/g)).toHaveLength(2);
  await reader.cancel();
});

test('a silent stream is kept alive by comments', async () => {
  const { read, reader } = stream({ heartbeatMs: 10 });
  expect(await read()).toBe(':\n\n');
  expect(await read()).toBe(':\n\n');
  await reader.cancel();
});

test('the stream ends, and its work too, when the sign-in has', async () => {
  let isSignedIn = true;
  const { read, held } = stream({ heartbeatMs: 10, mayGoOn: async () => isSignedIn });
  expect(await read()).toBe(':\n\n');
  expect(held.signal?.aborted).toBe(false);
  isSignedIn = false;
  let last = await read();
  while (last !== null) last = await read();
  expect(held.signal?.aborted).toBe(true);
});

test('the work ends when the caller leaves, by either way', async () => {
  const one = stream();
  const reading = one.read();
  one.leaving.abort();
  expect(await reading).toBeNull();
  expect(one.held.signal?.aborted).toBe(true);
  const two = stream();
  await two.reader.cancel();
  expect(two.held.signal?.aborted).toBe(true);
});

test('a caller who left before it began costs no work and leaves no timer behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  const present = new AbortController();
  let began = 0;
  const respond = (signal: AbortSignal) =>
    eventResponse({
      requestId: 'r1',
      signals: [signal],
      heartbeatMs: 60_000,
      mayGoOn: async () => true,
      run: (_send, over) => {
        began += 1;
        return new Promise((resolve) => over.addEventListener('abort', () => resolve()));
      },
    });
  respond(present.signal);
  expect([began, timers()]).toEqual([1, before + 1]);
  present.abort();
  const gone = respond(AbortSignal.abort());
  expect([began, timers()]).toEqual([1, before]);
  expect(await gone.text()).toBe('');
});

test('what nobody reads does not grow without end, and the sender is told', async () => {
  const { held, read, reader } = stream();
  const send = (n: number) => held.send?.({ type: 'line', n } as { type: string });
  const sent = Array.from({ length: 3_000 }, (_, n) => send(n));
  expect([sent[1_999], sent[2_000], sent[2_999]]).toEqual([true, false, false]);
  expect((await read())?.match(/event:/g)).toHaveLength(2_000);
  expect(send(3_000)).toBe(true);
  await reader.cancel();
});
