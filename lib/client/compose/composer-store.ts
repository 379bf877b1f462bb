import { type ApiError, asApiError } from '../api-error.ts';
import { createValue, type Value } from '../app/value.ts';
import { forgetOnDevice, holdDraft, keepFile, keepOnDevice, renameOnDevice } from './device.ts';
import { createDraftWriter, inDraft } from './draft-writer.ts';
import { createMessageId } from './message-id.ts';
import { createPauses } from './pauses.ts';
import { createUploads, type UploadState } from './uploads.ts';
import type { Written, WrittenFile } from './written.ts';

/** How safe what is written is. `isDirty`: the server does not have the last of it. */
export interface SaveState {
  isDirty: boolean;
  isSaving: boolean;
  /** When the server took the last version; null: none yet. */
  savedAt: string | null;
  /** When this device did. */
  keptAt: string | null;
  /** Why the server does not have it. */
  problem: ApiError | null;
  /** Another version of this draft, which is on the server too: the person says what becomes of both. */
  otherId: string | null;
  /** An earlier version cannot be removed from the server: no more are put beside it until the last. */
  isLeft: boolean;
}

/** One message being written: what it is, how safe it is, and its files on their way. */
export interface ComposerStore {
  written: Value<Written>;
  save: Value<SaveState>;
  uploads: Value<ReadonlyMap<string, UploadState>>;
  /** Changes what is written, and keeps it: on the device within a second, on the server within ten. */
  change(patch: Partial<Written>): void;
  addFiles(files: readonly File[], areShown?: boolean): WrittenFile[];
  removeFile(key: string): void;
  retryFile(key: string): void;
  /** Goes on with a file that an earlier sitting had not uploaded. */
  resumeFile(key: string, name: string, file: Blob): void;
  /** The bytes of a file of this sitting, to be shown. */
  fileOf(key: string): Blob | undefined;
  /** Resolves when no file is on its way any more; false: one of them could not be uploaded. */
  uploaded(): Promise<boolean>;
  /** Keeps what is written on this device now. */
  keep(): Promise<void>;
  /** Keeps it on the server now, if the server does not have it. */
  saveDraft(): Promise<void>;
  /** Makes it a draft of its own beside the other version, with a Message-ID of its own. */
  separate(): Promise<void>;
  /** The other version is dealt with (`false`: it is not, after all). */
  settleOther(id: string, isSettled?: boolean): void;
  /** Forgets what this device keeps. */
  forget(): Promise<void>;
  /** Keeps the last of it, here and on the server, and then no more: what is closed meanwhile is saved all the same. */
  finish(): Promise<void>;
  /** No more is kept of it: it was sent or thrown away. Resolves when nothing of it is being saved any more. */
  stop(): Promise<void>;
  /** Deletes what the server has of it, once it was stopped. Throws ApiError where that is not possible. */
  discard(): Promise<void>;
}

const devicePauseMs = 400;
const deviceMostMs = 900;
const serverPauseMs = 3_000;
const serverMostMs = 8_000;
const retryMs = 10_000;

/** `isChanged`: it has something already that is nowhere kept, e.g. after Undo. */
export function createComposerStore(
  owner: string,
  initial: Written,
  { isChanged = false, onSaved = () => undefined }: { isChanged?: boolean; onSaved?: () => void } = {},
): ComposerStore {
  const written = createValue(initial);
  const save = createValue<SaveState>({
    isDirty: false,
    isSaving: false,
    savedAt: null,
    keptAt: null,
    problem: null,
    otherId: null,
    isLeft: false,
  });
  const stopped = new AbortController();
  const saveMore = (patch: Partial<SaveState>) => save.set((now) => ({ ...now, ...patch }));
  const device = createPauses(devicePauseMs, deviceMostMs, () => void keep());
  const server = createPauses(serverPauseMs, serverMostMs, () => void saveDraft());
  const writer = createDraftWriter(initial.accountId);
  const settled = new Set<string>();
  let version = 0;
  let saving: Promise<void> | null = null;
  let finishing: Promise<void> | null = null;

  const touch = () => {
    if (stopped.signal.aborted) return;
    version += 1;
    saveMore({ isDirty: true });
    device.wait();
    server.wait();
  };
  const change = (patch: Partial<Written>) => {
    written.set((now) => ({ ...now, ...patch }));
    touch();
  };
  const uploads = createUploads(initial.accountId, {
    onSettled: (key, source) => {
      const files = written.get().files.map((file) => (file.key === key ? { ...file, source } : file));
      change({ files });
    },
    onStarted: (key, file) => void keepFile(owner, written.get().messageId, key, file).catch(noRoom),
  });
  // Storage may be full or forbidden; the server keeps it all the same, and what is shown says only what is so.
  const noRoom = () => saveMore({ keptAt: null });

  async function keep(): Promise<void> {
    device.stop();
    if (stopped.signal.aborted) return;
    await keepOnDevice(owner, written.get()).then(() => saveMore({ keptAt: new Date().toISOString() }), noRoom);
  }

  /** One at a time: each replaces the version before it. */
  async function saveDraft(isLast = false): Promise<void> {
    server.stop();
    // Of several that waited the first saves; the others wait for that, too.
    while (saving !== null) await saving;
    if (!save.get().isDirty || stopped.signal.aborted) return;
    saving = saveOnce(isLast).finally(() => {
      saving = null;
    });
    await saving;
  }

  async function saveOnce(isLast: boolean): Promise<void> {
    saveMore({ isSaving: true });
    try {
      const draft = await writer.write(written.get(), version, isLast);
      if (draft === null) {
        saveMore({ isSaving: false });
        return server.waitFor(retryMs);
      }
      const { id, savedAt, otherId, isLeft } = draft;
      if (id !== null) written.set((later) => inDraft(later, id, draft.parts));
      // Somebody wants two drafts, and under one Message-ID only one could ever be sent (89).
      if (draft.copyId !== null && otherId === null && !stopped.signal.aborted) await separate();
      const isOther = otherId !== null && !settled.has(otherId);
      const isDirty = version !== draft.version;
      saveMore({ isSaving: false, isDirty, savedAt, problem: null, otherId: isOther ? otherId : null, isLeft });
      if (isDirty && isLast) return await saveOnce(true);
      if (isDirty) server.wait();
      await keep();
      onSaved();
    } catch (thrown) {
      saveMore({ isSaving: false, problem: asApiError(thrown) });
      server.waitFor(retryMs);
    }
  }

  async function separate(): Promise<void> {
    const { messageId: before, from } = written.get();
    const messageId = createMessageId(from.email);
    holdDraft(messageId, stopped.signal);
    saveMore({ otherId: null });
    change({ messageId });
    await renameOnDevice(owner, before, written.get()).catch(noRoom);
  }

  if (isChanged) touch();
  holdDraft(initial.messageId, stopped.signal);
  const leave = () => document.visibilityState === 'hidden' && save.get().isDirty && void keep();
  const back = () => save.get().isDirty && void saveDraft();
  const end = () => {
    stopped.abort();
    device.stop();
    server.stop();
    document.removeEventListener('visibilitychange', leave);
    window.removeEventListener('online', back);
  };
  document.addEventListener('visibilitychange', leave);
  window.addEventListener('online', back);

  return {
    written,
    save,
    uploads: uploads.states,
    change,
    addFiles(files, areShown = false) {
      const added = files.map((file) => uploads.add(file, areShown));
      change({ files: [...written.get().files, ...added] });
      return added;
    },
    removeFile(key) {
      uploads.remove(key, written.get().files.find((file) => file.key === key)?.source);
      change({ files: written.get().files.filter((file) => file.key !== key) });
    },
    retryFile: uploads.retry,
    resumeFile: uploads.resume,
    fileOf: uploads.fileOf,
    uploaded: uploads.settled,
    keep,
    saveDraft: () => saveDraft(),
    separate,
    settleOther(id, isSettled = true) {
      if (isSettled) settled.add(id);
      else settled.delete(id);
      saveMore({ otherId: isSettled ? null : id });
    },
    forget: () => forgetOnDevice(owner, written.get().messageId),
    finish() {
      const isWhole = !save.get().isDirty && uploads.states.get().size === 0;
      // The device first: it is there at once.
      finishing ??= (
        isWhole
          ? Promise.resolve()
          : keep()
              .then(uploads.settled)
              .then(() => saveDraft(true))
      ).finally(end);
      return finishing;
    },
    async stop() {
      if (finishing === null) end();
      while (saving !== null) await saving;
    },
    discard: () => writer.discard(written.get().draftId),
  };
}
