import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Written } from './written.ts';

/** Something written that this device keeps, of one sign-in and account. */
export interface Kept {
  /** Who may see it: `ownerOf`. */
  owner: string;
  written: Written;
  /** ISO 8601. */
  savedAt: string;
}

interface DeviceSchema extends DBSchema {
  drafts: { key: [string, string]; value: Kept; indexes: { owner: string } };
  files: { key: [string, string, string]; value: Blob };
}

let opening: Promise<IDBPDatabase<DeviceSchema>> | undefined;

/** Another who signs in on this browser has another owner, and sees nothing of it. */
export const ownerOf = (username: string, accountId: string): string => `${username}\n${accountId}`;

/** Keeps it, in place of an earlier version. Throws what the browser says: storage may be full or forbidden. */
export async function keepOnDevice(owner: string, written: Written): Promise<void> {
  await (await open()).put('drafts', { owner, written, savedAt: new Date().toISOString() });
}

/** The bytes of a file that is not uploaded yet, or of a picture that is shown. */
export async function keepFile(owner: string, messageId: string, key: string, file: Blob): Promise<void> {
  await (await open()).put('files', file, [owner, messageId, key]);
}

export async function fileOnDevice(owner: string, messageId: string, key: string): Promise<Blob | undefined> {
  return (await open()).get('files', [owner, messageId, key]);
}

/** Everything that is kept for an owner, the latest first. */
export async function keptOnDevice(owner: string): Promise<Kept[]> {
  const kept = await (await open()).getAllFromIndex('drafts', 'owner', owner);
  return kept.sort((one, other) => other.savedAt.localeCompare(one.savedAt));
}

/** Forgets it with its files: it was sent, thrown away, or is whole on the server. */
export async function forgetOnDevice(owner: string, messageId: string): Promise<void> {
  const transaction = (await open()).transaction(['drafts', 'files'], 'readwrite');
  await Promise.all([
    transaction.objectStore('drafts').delete([owner, messageId]),
    transaction.objectStore('files').delete(IDBKeyRange.bound([owner, messageId], [owner, messageId, []])),
    transaction.done,
  ]);
}

/** Keeps what was kept under another Message-ID, with its files. Where another tab has kept its own version there since, that stays. */
export async function renameOnDevice(owner: string, before: string, written: Written): Promise<void> {
  const transaction = (await open()).transaction(['drafts', 'files'], 'readwrite');
  const [drafts, files] = [transaction.objectStore('drafts'), transaction.objectStore('files')];
  await drafts.put({ owner, written, savedAt: new Date().toISOString() });
  const earlier = await drafts.get([owner, before]);
  const isOwn = earlier?.written.draftId === written.draftId;
  const range = IDBKeyRange.bound([owner, before], [owner, before, []]);
  for (const key of await files.getAllKeys(range)) {
    const file = await files.get(key);
    if (file !== undefined) await files.put(file, [owner, written.messageId, key[2]]);
  }
  if (isOwn) await Promise.all([drafts.delete([owner, before]), files.delete(range)]);
  await transaction.done;
}

/** Once this resolves, no other tab of this browser offers it: it is being written here. Released with the page. */
export function holdDraft(messageId: string, signal: AbortSignal): void {
  // Absent on pages without https; there two tabs may both offer it, and the server tells of the other version.
  void navigator.locks?.request(
    lockOf(messageId),
    () =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
  );
}

/** The drafts that are being written in some tab of this browser. */
export async function heldDrafts(): Promise<(messageId: string) => boolean> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const names = new Set(held.map(({ name }) => name));
  return (messageId) => names.has(lockOf(messageId));
}

const lockOf = (messageId: string) => `posthorn-draft ${messageId}`;

function open(): Promise<IDBPDatabase<DeviceSchema>> {
  opening ??= openDB<DeviceSchema>('posthorn', 1, {
    upgrade(database) {
      const drafts = database.createObjectStore('drafts', { keyPath: ['owner', 'written.messageId'] });
      drafts.createIndex('owner', 'owner');
      database.createObjectStore('files');
    },
    // Another tab has a newer release, or the browser has closed it: it is opened again when it is needed.
    blocking: (_current, _blocked, event) => {
      (event.target as IDBDatabase).close();
      opening = undefined;
    },
    terminated: () => {
      opening = undefined;
    },
  });
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}
