import { call } from '../api.ts';
import { type ApiError, asApiError } from '../api-error.ts';
import { createValue, type Value } from '../app/value.ts';
import { uploadFile } from './upload.ts';
import type { FileSource, WrittenFile } from './written.ts';

/** A file on its way, or one that did not get there. */
export interface UploadState {
  sentBytes: number;
  totalBytes: number;
  problem: ApiError | null;
}

interface UploadsOptions {
  onStarted: (key: string, file: Blob) => void;
  onSettled: (key: string, source: FileSource) => void;
}

const atOnce = 2;

/** The files of one message on their way to the server, two at a time. */
export function createUploads(accountId: string, { onStarted, onSettled }: UploadsOptions) {
  const states: Value<ReadonlyMap<string, UploadState>> = createValue<ReadonlyMap<string, UploadState>>(new Map());
  const files = new Map<string, { file: Blob; name: string; stop: AbortController }>();
  const waiting: string[] = [];
  let running = 0;
  const tell = (key: string, patch: Partial<UploadState> | null) =>
    states.set((now) => {
      const next = new Map(now);
      const state = now.get(key);
      if (patch === null) next.delete(key);
      else if (state !== undefined) next.set(key, { ...state, ...patch });
      return next;
    });

  const run = () => {
    while (running < atOnce) {
      const key = waiting.shift();
      const entry = key === undefined ? undefined : files.get(key);
      if (key === undefined) return;
      if (entry !== undefined) void upload(key, entry);
    }
  };

  async function upload(key: string, { file, name, stop }: { file: Blob; name: string; stop: AbortController }) {
    running += 1;
    try {
      const onProgress = (sentBytes: number) => tell(key, { sentBytes });
      const { id } = await uploadFile(accountId, name, file, { onProgress, signal: stop.signal });
      onSettled(key, { kind: 'upload', uploadId: id });
      tell(key, null);
    } catch (thrown) {
      const problem = asApiError(thrown);
      tell(key, problem.code === 'cancelled' ? null : { problem });
    } finally {
      running -= 1;
      run();
    }
  }

  const begin = (key: string, name: string, file: Blob) => {
    files.set(key, { file, name, stop: new AbortController() });
    states.set((now) => new Map(now).set(key, { sentBytes: 0, totalBytes: file.size, problem: null }));
    waiting.push(key);
    run();
  };

  return {
    states,
    add(file: File, isShown: boolean): WrittenFile {
      const key = randomName();
      const name = file.name.replace(/\p{Cc}/gu, '').slice(0, 255) || 'file';
      begin(key, name, file);
      onStarted(key, file);
      const cid = isShown ? `${key}@posthorn` : null;
      const type = file.type || 'application/octet-stream';
      return { key, name, type, sizeBytes: file.size, cid, source: { kind: 'waiting' }, part: null };
    },
    /** Goes on with one that an earlier sitting of the page had not finished. */
    resume: begin,
    retry(key: string) {
      const entry = files.get(key);
      if (entry !== undefined) begin(key, entry.name, entry.file);
    },
    remove(key: string, source: FileSource | undefined) {
      files.get(key)?.stop.abort();
      files.delete(key);
      tell(key, null);
      // It goes with the next sweep in any case; that it is not named any more is all that matters here.
      if (source?.kind === 'upload') {
        void call('deleteUpload', { params: { accountId, uploadId: source.uploadId } }).catch(() => undefined);
      }
    },
    fileOf: (key: string) => files.get(key)?.file,
    settled(): Promise<boolean> {
      const isDone = () => [...states.get().values()].every(({ problem }) => problem !== null);
      return new Promise((resolve) => {
        const look = () => {
          if (!isDone()) return;
          stop();
          resolve(states.get().size === 0);
        };
        const stop = states.subscribe(look);
        look();
      });
    },
  };
}

const randomName = () => Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => byte.toString(36)).join('');
