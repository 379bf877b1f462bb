import { renameSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder, withFolder } from './durable-folder.ts';

/** A file written under a name of its own, and the name that it is to have. */
export interface Written {
  file: FileHandle;
  temporary: string;
  path: string;
}

interface Waiting {
  written: Written;
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Gives files their names, so that name and bytes outlive a power cut once the promise resolves. What comes while the
 * disk is busy waits and is then done together: a folder is synced once for all of it, and the disk writes them as one.
 */
export function createSettling(): (written: Written) => Promise<void> {
  let waiting: Waiting[] = [];
  let isBusy = false;
  const run = async () => {
    isBusy = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await settleGroup(group);
    }
    isBusy = false;
  };
  return (written) =>
    new Promise((resolve, reject) => {
      waiting.push({ written, resolve, reject });
      if (!isBusy) void run();
    });
}

/** Each fails for itself, or with the folder that it stands in; never rejects. */
async function settleGroup(group: Waiting[]): Promise<void> {
  const named = new Map<string, Waiting[]>();
  await Promise.all(
    group.map(async (one) => {
      const { file, temporary, path } = one.written;
      const folder = dirname(path);
      try {
        await file.datasync();
        // Over an equal one too: the time of the file then says that it is wanted. In one go, as sweep's look and removal.
        await withFolder(folder, () => renameSync(temporary, path));
        named.set(folder, [...(named.get(folder) ?? []), one]);
      } catch (error) {
        one.reject(error);
      }
    }),
  );
  await Promise.all(
    Array.from(named, async ([folder, ones]) => {
      try {
        await syncFolder(folder);
        for (const { resolve } of ones) resolve();
      } catch (error) {
        for (const { reject } of ones) reject(error);
      }
    }),
  );
}
