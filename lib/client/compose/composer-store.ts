import { call } from '../api.ts';
import { type ApiError, asApiError } from '../api-error.ts';
import { createValue, type Value } from '../app/value.ts';
import { forgetOnDevice, holdDraft, keepFile, keepOnDevice } from './device.ts';
import { compositionOf, filesOf } from './request.ts';
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
  /** Another version of this draft is on the server: both are kept. */
  hasOther: boolean;
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
  /** Forgets what this device keeps. */
  forget(): Promise<void>;
  /** Keeps the last of it, here and on the server, and then no more: what is closed meanwhile is saved all the same. */
  finish(): Promise<void>;
  /** No more is kept of it: it was sent or thrown away. */
  stop(): void;
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
    hasOther: false,
  });
  const stopped = new AbortController();
  const saveMore = (patch: Partial<SaveState>) => save.set((now) => ({ ...now, ...patch }));
  const device = createPauses(devicePauseMs, deviceMostMs, () => void keep());
  const server = createPauses(serverPauseMs, serverMostMs, () => void saveDraft());
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
  async function saveDraft(): Promise<void> {
    server.stop();
    // Of several that waited the first saves; the others wait for that, too.
    while (saving !== null) await saving;
    if (!save.get().isDirty || stopped.signal.aborted) return;
    saving = saveOnce().finally(() => {
      saving = null;
    });
    await saving;
  }

  async function saveOnce(): Promise<void> {
    const saved = version;
    saveMore({ isSaving: true });
    const now = written.get();
    try {
      const draft = await writeDraft(now);
      const draftId = draft.id ?? now.draftId;
      const parts = new Map(draft.files.map(({ key, partId }) => [key, partId]));
      written.set((later) => ({ ...later, draftId, files: later.files.map((file) => inDraft(file, draftId, parts)) }));
      const isDirty = version !== saved;
      saveMore({ isSaving: false, isDirty, savedAt: draft.savedAt, problem: null, hasOther: draft.hasOther });
      if (isDirty) server.wait();
      await keep();
      onSaved();
    } catch (thrown) {
      saveMore({ isSaving: false, problem: asApiError(thrown) });
      server.waitFor(retryMs);
    }
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
    saveDraft,
    forget: () => forgetOnDevice(owner, initial.messageId),
    finish() {
      const isWhole = !save.get().isDirty && uploads.states.get().size === 0;
      // The device first: it is there at once.
      finishing ??= (isWhole ? Promise.resolve() : keep().then(uploads.settled).then(saveDraft)).finally(end);
      return finishing;
    },
    stop() {
      if (finishing === null) end();
    },
  };
}

/** Saves a version; where an uploaded file or the earlier version is gone, takes the files from where they still are. */
async function writeDraft(written: Written) {
  const { accountId, draftId } = written;
  const write = (isFromDraft: boolean) => {
    const body = compositionOf(written, isFromDraft);
    return draftId === null
      ? call('createDraft', { params: { accountId }, body })
      : call('replaceDraft', { params: { accountId, draftId }, body });
  };
  const hasParts = written.files.some(({ part }) => part !== null);
  const draft = await write(false).catch((thrown: unknown) => {
    if (hasParts && asApiError(thrown).code === 'notFound') return write(true);
    throw thrown;
  });
  return { ...draft, files: filesOf(written).map(({ key }, at) => ({ key, partId: draft.attachments[at] ?? null })) };
}

function inDraft(file: WrittenFile, draftId: string | null, parts: ReadonlyMap<string, string | null>): WrittenFile {
  const partId = parts.get(file.key);
  if (draftId === null || partId == null) return file;
  const part = { messageId: draftId, partId };
  // A part of the version before has gone with it.
  return { ...file, part, source: file.source.kind === 'part' ? { kind: 'part', ...part } : file.source };
}

/** Calls `work` after a pause, and after `mostMs` even where there is none. */
function createPauses(pauseMs: number, mostMs: number, work: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: number | null = null;
  const stop = () => {
    clearTimeout(timer);
    since = null;
  };
  const waitFor = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      stop();
      work();
    }, ms);
  };
  return {
    stop,
    waitFor,
    wait() {
      since ??= Date.now();
      waitFor(Math.max(0, Math.min(pauseMs, since + mostMs - Date.now())));
    },
  };
}
