import { addAbortSignal, type Readable } from 'node:stream';

/** The first `count` bytes of a stream, and all of its bytes. The stream is destroyed when `bytes` is left or `signal` aborts. */
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
    try {
      yield* held;
      for (;;) {
        const next = await source.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      stream.destroy();
    }
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

/** A web stream of these bytes, read no faster than its reader. An error is told to `onBroken` and breaks the stream. */
export function streamOf(
  bytes: AsyncGenerator<Uint8Array>,
  onBroken: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await bytes.next();
          if (next.done) controller.close();
          else controller.enqueue(next.value);
        } catch (error) {
          onBroken(error);
          controller.error(error);
        }
      },
      async cancel() {
        await bytes.return(undefined);
      },
    },
    atOnce,
  );
}
