import { open } from '../api.ts';
import { ApiError } from '../api-error.ts';
import type { Invitation } from './parse.ts';

const maxBytes = 2 * 1024 * 1024;

/**
 * Fetches a calendar part and reads it here, where a hostile one costs nobody else anything. Throws ApiError as `call`
 * does, `tooLarge` beyond 2 MiB, `invalid` where it is no calendar that can be shown.
 */
export async function readInvitation(
  params: { accountId: string; messageId: string; partId: string },
  signal: AbortSignal,
): Promise<Invitation> {
  const [response, { parseInvitation }] = await Promise.all([
    open('getPart', { params, signal }),
    import('./parse.ts'),
  ]);
  const calendar = decode(await readBytes(response));
  try {
    return parseInvitation(calendar);
  } catch (error) {
    throw new ApiError({ code: 'invalid', status: 0, detail: 'calendar', cause: error });
  }
}

async function readBytes(response: Response): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  const bytes = new Uint8Array(maxBytes);
  let length = 0;
  for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) {
    if (length + step.value.length > maxBytes) {
      await reader?.cancel();
      throw new ApiError({ code: 'tooLarge', status: 0, detail: 'calendar' });
    }
    bytes.set(step.value, length);
    length += step.value.length;
  }
  return bytes.subarray(0, length);
}

/** UTF-8 (RFC 5545 §3.1.4), else what programs of old wrote in its place. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return new TextDecoder('windows-1252').decode(bytes);
    throw error;
  }
}
