import type { Problem } from '../../contract/operations.ts';
import type { Upload } from '../../contract/writing.ts';
import { ApiError } from '../api-error.ts';
import { urlOf } from '../routes.ts';

interface UploadOptions {
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
}

const patience = [1_000, 3_000, 8_000];

/**
 * Sends a file to be kept until the message goes, telling how far it is; begins again after a lost connection, for some
 * seconds. Throws ApiError, `cancelled` where `signal` aborted. By XMLHttpRequest, since fetch tells nothing of what was sent.
 */
export async function uploadFile(accountId: string, name: string, file: Blob, options: UploadOptions): Promise<Upload> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await uploadOnce(accountId, name, file, options);
    } catch (error) {
      const wait = patience[attempt];
      if (!(error instanceof ApiError) || error.code !== 'offline' || wait === undefined) throw error;
      options.onProgress(0);
      await rest(wait, options.signal);
    }
  }
}

function uploadOnce(
  accountId: string,
  name: string,
  file: Blob,
  { onProgress, signal }: UploadOptions,
): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const fail = (code: 'offline' | 'cancelled') => reject(new ApiError({ code, status: 0 }));
    request.open('POST', urlOf('createUpload', { accountId }, { name, type: file.type || 'application/octet-stream' }));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onload = () => {
      if (request.status === 200) resolve(request.response as Upload);
      else reject(problemOf(request.status, request.response as Partial<Problem> | null));
    };
    request.onerror = () => fail('offline');
    request.onabort = () => fail('cancelled');
    request.onloadend = () => signal.removeEventListener('abort', stop);
    signal.addEventListener('abort', stop);
    if (signal.aborted) fail('cancelled');
    else request.send(file);
  });
}

const problemOf = (status: number, problem: Partial<Problem> | null): ApiError =>
  new ApiError({
    status,
    code: problem?.code ?? 'internal',
    ...(problem?.detail === undefined ? {} : { detail: problem.detail }),
  });

/** Waits, or until the connection is back. Throws `cancelled`. */
function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      if (signal.aborted) reject(new ApiError({ code: 'cancelled', status: 0 }));
      else resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end);
    signal.addEventListener('abort', end, { once: true });
  });
}
