import type { Readable } from 'node:stream';
import { makeZip } from 'client-zip';
import { MailError } from '../mail/errors.ts';
import { createTurns } from '../mail/mime/turns.ts';

export interface ZipFile {
  /** Safe, and that of no other file of the archive. */
  name: string;
  modifiedAt: Date;
  /** Called when its turn comes; `signal` aborts when the archive is given up. */
  open: (signal: AbortSignal) => Promise<Readable>;
}

/**
 * A ZIP archive of files that are stored as they are, made while it is read: one file open at a time, at the reader's pace.
 * Between files others have their turn, however little each of ten thousand takes.
 * Fails when a file does, so that no archive ends as if it were whole. `close` lets go of the open file.
 */
export function zipBytes(files: readonly ZipFile[]): { bytes: AsyncIterator<Uint8Array>; close: () => void } {
  const stop = new AbortController();
  let open: Readable | null = null;
  const turns = createTurns();
  async function* entries() {
    for (const file of files) {
      await turns();
      open = await file.open(stop.signal);
      yield { name: file.name, lastModified: file.modifiedAt, input: open as AsyncIterable<Uint8Array> };
      // A stream that was let go of must not pass for a short file.
      if (!open.readableEnded) throw new MailError('cancelled', 'a file was not read to its end');
    }
  }
  const bytes = makeZip(entries())[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return {
    bytes,
    close() {
      stop.abort();
      open?.destroy();
    },
  };
}
