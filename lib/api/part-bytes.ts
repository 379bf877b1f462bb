import { addAbortSignal, type Readable } from 'node:stream';

/** The first `count` bytes of a stream, and all of its bytes. The stream is destroyed when `signal` aborts. */
export async function peek(
  stream: Readable,
  signal: AbortSignal,
  count: number,
): Promise<{ head: Uint8Array; bytes: AsyncGenerator<Uint8Array> }> {
  const source = addAbortSignal(signal, stream)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  const held: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const next = await source.next();
    if (next.done) break;
    held.push(next.value);
    length += next.value.byteLength;
  }
  async function* bytes() {
    yield* held;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  }
  return { head: Buffer.concat(held).subarray(0, count), bytes: bytes() };
}

/** The bytes from `first` to `last`, both included; what follows is not read. */
export async function* slice(
  bytes: AsyncIterable<Uint8Array>,
  { first, last }: { first: number; last: number },
): AsyncGenerator<Uint8Array> {
  let position = 0;
  for await (const chunk of bytes) {
    const part = chunk.subarray(Math.max(0, first - position), Math.max(0, last + 1 - position));
    position += chunk.byteLength;
    if (part.byteLength > 0) yield part;
    if (position > last) return;
  }
}

// Nothing is read ahead: who drops the stream unread lets go of its source at once.
const atOnce = { highWaterMark: 0 };

/**
 * A web stream of these bytes, read no faster than its reader. However it ends, `release` is called: a generator that
 * was never started would not run its own `finally`. An error is told to `onBroken` and breaks the stream.
 */
export function streamOf(
  bytes: AsyncGenerator<Uint8Array>,
  { release, onBroken }: { release: () => void; onBroken: (error: unknown) => void },
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await bytes.next();
          if (!next.done) return controller.enqueue(next.value);
          release();
          controller.close();
        } catch (error) {
          release();
          onBroken(error);
          controller.error(error);
        }
      },
      cancel: release,
    },
    atOnce,
  );
}
