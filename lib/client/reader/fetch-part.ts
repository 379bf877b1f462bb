import { problemOf } from '../api.ts';
import { ApiError } from '../api-error.ts';
import { isDecodable } from './picture-size.ts';

interface FetchOptions {
  signal: AbortSignal;
  /** Bytes so far; the total is what the mail said of the encoded part, and only near. */
  onProgress?: (bytes: number) => void;
  maxBytes: number;
}

/**
 * The bytes at an inline address, with the type that the server told from them. Throws ApiError: `unsupported` where the
 * server would only have them saved, `tooLarge` beyond the bound.
 */
export async function fetchPart(url: string, { signal, onProgress, maxBytes }: FetchOptions): Promise<Blob> {
  const response = await fetch(url, { signal }).catch((cause: unknown) => {
    throw new ApiError({ code: signal.aborted ? 'cancelled' : 'offline', status: 0, cause });
  });
  if (!response.ok) throw await problemOf(response);
  const type = response.headers.get('content-type') ?? '';
  if (type === 'application/octet-stream' || response.body === null) {
    await response.body?.cancel();
    throw new ApiError({ code: 'unsupported', status: 0 });
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    length += next.value.byteLength;
    if (length > maxBytes) {
      await reader.cancel();
      throw new ApiError({ code: 'tooLarge', status: 0 });
    }
    onProgress?.(length);
  }
  return new Blob(chunks, { type });
}

/** A picture that may be decoded. Throws `tooLarge` where it would unpack to more than is held, or does not say to how much. */
export async function fetchPicture(url: string, options: FetchOptions): Promise<Blob> {
  const blob = await fetchPart(url, options);
  if (!blob.type.startsWith('image/')) throw new ApiError({ code: 'unsupported', status: 0 });
  if (!isDecodable(new Uint8Array(await blob.arrayBuffer()))) throw new ApiError({ code: 'tooLarge', status: 0 });
  return blob;
}
