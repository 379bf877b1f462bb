import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** A message taken off the server, so that the maildrop is free while a slow reader takes its time. */
export interface Spool {
  sizeBytes: number;
  /** How much of our memory it takes. */
  memoryBytes: number;
  /** The bytes from the start; any number of readers at once. */
  open(): Readable;
  /** Lets go of the file once the last reader has ended. */
  close(): void;
}

/** Larger messages wait in a file that has no name any more, so that nothing is left behind, however we end. */
const memoryLimitBytes = 4 * 1024 * 1024;
const readBytes = 64 * 1024;

/** Takes `source` to its end. Rejects as the source does, then nothing is kept. */
export async function spoolMessage(source: Readable): Promise<Spool> {
  const runs: Buffer[] = [];
  let sizeBytes = 0;
  let file: FileHandle | null = null;
  try {
    for await (const run of source as AsyncIterable<Buffer>) {
      runs.push(run);
      sizeBytes += run.length;
      if (file === null && sizeBytes > memoryLimitBytes) file = await openNameless();
      if (file !== null) await file.writev(runs.splice(0));
    }
  } catch (error) {
    if (file !== null) letGo(file);
    throw error;
  }
  return file === null ? memorySpool(Buffer.concat(runs)) : fileSpool(file, sizeBytes);
}

function memorySpool(bytes: Buffer): Spool {
  const open = () => Readable.from([bytes], { objectMode: false });
  return { sizeBytes: bytes.length, memoryBytes: bytes.length, open, close: () => undefined };
}

function fileSpool(file: FileHandle, sizeBytes: number): Spool {
  let readers = 0;
  let isClosed = false;
  const closeIfUnused = () => {
    if (isClosed && readers === 0) letGo(file);
  };
  return {
    sizeBytes,
    memoryBytes: 64 * 1024,
    open() {
      readers += 1;
      const stream = Readable.from(runsOf(file), { objectMode: false });
      stream.once('close', () => {
        readers -= 1;
        closeIfUnused();
      });
      return stream;
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      closeIfUnused();
    },
  };
}

/** Not createReadStream: it closes the file that other readers share. */
async function* runsOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(readBytes), 0, readBytes, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function openNameless(): Promise<FileHandle> {
  const path = join(tmpdir(), `posthorn-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
  } catch (error) {
    letGo(file);
    throw error;
  }
  return file;
}

/** Nobody waits for the end of a file that nobody reads; that it could not be closed is for the admin to know. */
function letGo(file: FileHandle): void {
  file.close().catch((error: Error) => process.emitWarning(error));
}
