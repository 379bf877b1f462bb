import type { Readable } from 'node:stream';
import { createTurns } from './turns.ts';

/** Bytes of a whole message: at hand, or as they come. */
export type MessageSource = Buffer | Readable | AsyncIterable<Buffer>;

const sliceBytes = 16 * 1024;

/**
 * The bytes in order, a bounded run at a time, with turns for others in between: neither a large message at hand nor a
 * costly one holds the process up.
 */
export async function* chunksOf(source: MessageSource): AsyncGenerator<Buffer> {
  const turns = createTurns();
  for await (const chunk of Buffer.isBuffer(source) ? [source] : source) {
    const run: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    for (let at = 0; at < run.length; at += sliceBytes) {
      yield run.subarray(at, at + sliceBytes);
      await turns();
    }
  }
}
