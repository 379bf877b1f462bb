import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, statSync, unlinkSync } from 'node:fs';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MailError } from '../mail/errors.ts';
import type { MaildropContents, StoredContent } from '../mail/pop3/contents-store.ts';
import { translateStorageError } from './contents-errors.ts';
import { createSettling } from './contents-settle.ts';
import { namedContents, unnamedMs } from './contents-sweep.ts';
import type { Store } from './database.ts';
import { isMissing, withFolder } from './durable-folder.ts';

/** The folder of all kept messages. */
export const messagesFolder = (dataDir: string): string => join(dataDir, 'messages');
/** The name of an account's folder in it; no name of an account leads out of there. */
export const accountFolder = (accountId: string): string => `a${encodeURIComponent(accountId)}`;

/** Messages as files `messages/<account>/<ab>/<hash>` in `dataDir`, readable by their owner alone. */
export function createFileContents(
  dataDir: string,
  openStore: () => Promise<Pick<Store, 'db'>>,
  now: () => number,
): MaildropContents {
  const folderOf = (accountId: string) => join(messagesFolder(dataDir), accountFolder(accountId));
  const pathOf = (accountId: string, hash: string) => {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new MailError('internal', 'not the hash of a message');
    return join(folderOf(accountId), hash.slice(0, 2), hash);
  };
  const settle = createSettling();
  return {
    async put(accountId, source) {
      const folder = folderOf(accountId);
      const temporary = join(folder, `.${randomUUID()}`);
      try {
        const file = await withFolder(folder, () => open(temporary, 'wx', 0o600));
        try {
          const stored = await write(file, source);
          await settle({ file, temporary, path: pathOf(accountId, stored.hash) });
          return stored;
        } catch (error) {
          await rm(temporary, { force: true });
          throw error;
        } finally {
          await file.close();
        }
      } catch (error) {
        throw translateStorageError(error);
      }
    },
    open(accountId, hash) {
      const path = pathOf(accountId, hash);
      return Readable.from(readFileRuns(path), { objectMode: false });
    },
    async sizeOf(accountId, hash) {
      try {
        return (await stat(pathOf(accountId, hash))).size;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    remove: (accountId, hash) => rm(pathOf(accountId, hash), { force: true }),
    async sweep(accountId) {
      const { db } = await openStore();
      const named = new Set((await namedContents(db, accountId).execute()).map(({ content }) => content));
      let swept = 0;
      for (const path of await filesBelow(folderOf(accountId))) {
        if (named.has(path.slice(-64))) continue;
        if (removeIfOld(path, now() - unnamedMs)) swept += 1;
      }
      return swept;
    },
  };
}

async function write(file: FileHandle, source: Buffer | AsyncIterable<Buffer>): Promise<StoredContent> {
  const digest = createHash('sha256');
  let sizeBytes = 0;
  for await (const run of Buffer.isBuffer(source) ? [source] : source) {
    digest.update(run);
    for (let at = 0; at < run.length; ) at += (await file.write(run, at)).bytesWritten;
    sizeBytes += run.length;
  }
  return { hash: digest.digest('hex'), sizeBytes };
}

async function* readFileRuns(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (error) {
    throw isMissing(error) ? new MailError('notFound', 'the kept message is not there', { cause: error }) : error;
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Looks and removes without a pause between, so that no put can come in the middle. */
function removeIfOld(path: string, before: number): boolean {
  try {
    if (statSync(path).mtimeMs >= before) return false;
    unlinkSync(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
