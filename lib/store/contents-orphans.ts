import { lstat, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { accountFolder, messagesFolder } from './contents-files.ts';
import type { Store } from './database.ts';
import { isMissing } from './durable-folder.ts';

/** Mail of an account that is gone stays for so long: a database that was lost, or is the wrong one, knows nobody either. */
const orphanedMs = 30 * 24 * 3600 * 1000;
const mark = '.orphaned';

/**
 * Removes the messages of accounts that the database has not known for 30 days, and marks those that it does not know now.
 * Gives how many folders were marked and removed. Nothing but our own folders is touched, and no link is followed.
 */
export async function sweepOrphans(
  dataDir: string,
  { db }: Pick<Store, 'db'>,
  now: number,
): Promise<{ marked: number; removed: number }> {
  const root = messagesFolder(dataDir);
  const found = { marked: 0, removed: 0 };
  const folders = await foldersIn(root);
  if (folders.length === 0) return found;
  // After the folders: an account is there before its first message.
  const known = new Set((await db.selectFrom('account').select('id').execute()).map(({ id }) => accountFolder(id)));
  for (const name of folders) {
    const folder = join(root, name);
    const since = await markedAt(folder);
    if (known.has(name)) {
      if (since !== null) await rm(join(folder, mark), { force: true });
    } else if (since === null) {
      await (await open(join(folder, mark), 'wx', 0o600)).close();
      found.marked += 1;
    } else if (now - since > orphanedMs) {
      await rm(folder, { recursive: true, force: true });
      found.removed += 1;
    }
  }
  return found;
}

async function foldersIn(root: string): Promise<string[]> {
  try {
    if (!(await lstat(root)).isDirectory()) return [];
    const entries = await readdir(root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && entry.name.startsWith('a')).map(({ name }) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Since when it is marked, in ms; null where it is not. */
async function markedAt(folder: string): Promise<number | null> {
  try {
    return (await stat(join(folder, mark))).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
