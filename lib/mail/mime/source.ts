import type { Readable } from 'node:stream';

/** Bytes of a whole message: at hand, or as they come. */
export type MessageSource = Buffer | Readable | AsyncIterable<Buffer>;

const sliceBytes = 64 * 1024;

/** The bytes in order, a bounded run at a time, so that a large message at hand does not hold the process up. */
export async function* chunksOf(source: MessageSource): AsyncGenerator<Buffer> {
  if (!Buffer.isBuffer(source)) {
    for await (const chunk of source) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    return;
  }
  for (let at = 0; at < source.length; at += sliceBytes) yield source.subarray(at, at + sliceBytes);
}
