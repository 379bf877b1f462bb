import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Does what needs `folder`, and makes the folder where it is missing, so that its name outlives a power cut. */
export async function withFolder<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isMissing(error)) throw error;
    await makeFolder(folder);
    return await work();
  }
}

/** When this resolves, the names in the folder outlive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The name of each new folder stands in the one above it. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let above = dirname(folder); ; above = dirname(above)) {
    await syncFolder(above);
    if (above.length < first.length) return;
  }
}
