import type { OperationName } from '../contract/operations.ts';
import { parseHeaders } from '../mail/mime/headers.ts';
import { nameBySubject } from '../text/file-name.ts';
import type { Call } from './call.ts';
import { partResponse } from './part-response.ts';
import { logged } from './report.ts';

/** The bytes of a part; shown inline only if asked for, and only what cannot run, known by its first bytes. */
export async function answerPart({
  request,
  requestId,
  mail,
  params,
  query,
  signal,
}: Call<'getPart'>): Promise<Response> {
  const { accountId, messageId, partId } = params;
  return await partResponse({
    request,
    requestId,
    identity: `${accountId} ${messageId} ${partId}`,
    isInline: query.inline === true,
    downloadType: 'application/octet-stream',
    open: () => mail.openPart({ id: messageId, partId }, { signal }),
    onBroken: broken('getPart', requestId, signal),
  });
}

/** Where the header of most messages ends; of a longer one the subject may be missing from the name. */
const headerBytes = 16 * 1024;

/** The message as it came, to be saved as a file named by its subject. */
export async function answerRaw({ request, requestId, mail, params, signal }: Call<'getRaw'>): Promise<Response> {
  const { accountId, messageId } = params;
  return await partResponse({
    request,
    requestId,
    identity: `${accountId} ${messageId}`,
    isInline: false,
    downloadType: 'message/rfc822',
    open: () => mail.openRaw({ id: messageId }, { signal }),
    nameBy: { bytes: headerBytes, read: (head) => nameBySubject(parseHeaders(Buffer.from(head)).subject, 'eml') },
    onBroken: broken('getRaw', requestId, signal),
  });
}

/** Tells the log of bytes that broke off while they were sent. */
export function broken(operation: OperationName, requestId: string, signal: AbortSignal) {
  return (error: unknown) => void logged(error, { requestId, operation, signal });
}
