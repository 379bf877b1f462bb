import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { partResponse } from './part-response.ts';

const bytes = Buffer.from(Array.from({ length: 1_000 }, (_, at) => at % 251));
let parts = 0;

/** A part in chunks of every size, its size known or not, that remembers what became of its streams. */
function part(options: { chunk?: number; knowsSize?: boolean; content?: Buffer; failAt?: number } = {}) {
  const { chunk = 7, knowsSize = false, content = bytes, failAt = Number.POSITIVE_INFINITY } = options;
  const streams: Readable[] = [];
  const identity = `part ${parts++}`;
  const broken: unknown[] = [];
  const open = async () => {
    async function* chunks() {
      for (let at = 0; at < content.length; at += chunk) {
        if (at >= failAt) throw new Error('the server hung up');
        yield content.subarray(at, at + chunk);
      }
    }
    const stream = Readable.from(chunks(), { objectMode: false, highWaterMark: 16 });
    streams.push(stream);
    return {
      stream,
      type: 'application/pdf',
      charset: null,
      name: 'x.pdf',
      sizeBytes: knowsSize ? content.length : null,
    };
  };
  const ask = (headers: Record<string, string> = {}, signal = new AbortController().signal) =>
    partResponse({
      request: new Request('http://x/', { headers, signal }),
      requestId: 'r1',
      identity,
      isInline: true,
      downloadType: 'application/octet-stream',
      open,
      onBroken: (error) => broken.push(error),
    });
  return { ask, streams, broken };
}

const read = async (response: Response) => Buffer.from(await response.arrayBuffer());

test.each([1, 7, 13, 999, 1_000, 5_000])('the bytes are the same in chunks of %i', async (chunk) => {
  expect((await read(await part({ chunk }).ask())).equals(bytes)).toBe(true);
  const range = await part({ chunk }).ask({ range: 'bytes=499-500' });
  expect((await read(range)).equals(bytes.subarray(499, 501))).toBe(true);
});

test('a part whose size is not known is measured once', async () => {
  const { ask, streams } = part();
  const first = await ask({ range: 'bytes=10-' });
  expect([first.status, first.headers.get('content-range')]).toEqual([206, 'bytes 10-999/1000']);
  expect((await read(first)).equals(bytes.subarray(10))).toBe(true);
  expect(streams).toHaveLength(2);
  await read(await ask({ range: 'bytes=20-29' }));
  expect(streams).toHaveLength(3);
});

test('an empty part is an empty answer and has no ranges', async () => {
  const { ask } = part({ content: Buffer.alloc(0) });
  expect(await read(await ask())).toHaveLength(0);
  expect((await ask({ range: 'bytes=0-' })).status).toBe(416);
});

test('a range ends the stream when it has what it needs', async () => {
  const { ask, streams } = part({ knowsSize: true });
  await read(await ask({ range: 'bytes=0-9' }));
  expect(streams.at(-1)?.destroyed).toBe(true);
  expect(streams.at(-1)?.readableEnded).toBe(false);
});

test('whoever leaves lets go of the stream, whether reading or not', async () => {
  const unread = part();
  await (await unread.ask()).body?.cancel();
  expect(unread.streams[0]?.destroyed).toBe(true);
  const leaving = new AbortController();
  const reading = part();
  const reader = ((await reading.ask({}, leaving.signal)).body as ReadableStream).getReader();
  await reader.read();
  leaving.abort();
  await expect(async () => {
    while (!(await reader.read()).done);
  }).rejects.toThrow();
  expect(reading.streams[0]?.destroyed).toBe(true);
});

test('bytes that break off break the answer: never a short one that looks whole', async () => {
  const { ask, broken } = part({ failAt: 500 });
  await expect(read(await ask())).rejects.toThrow();
  expect(broken).toEqual([expect.objectContaining({ message: 'the server hung up' })]);
});
