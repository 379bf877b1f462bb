import type { OperationName } from '../contract/operations.ts';
import type { Call } from './call.ts';
import { partResponse } from './part-response.ts';
import { logged } from './report.ts';

/** The bytes of a part; shown inline only if asked for, and only pictures that are what they say. */
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

/** The message as it came, to be saved as a file. */
export async function answerRaw({ request, requestId, mail, params, signal }: Call<'getRaw'>): Promise<Response> {
  const { accountId, messageId } = params;
  return await partResponse({
    request,
    requestId,
    identity: `${accountId} ${messageId}`,
    isInline: false,
    downloadType: 'message/rfc822',
    open: () => mail.openRaw({ id: messageId }, { signal }),
    onBroken: broken('getRaw', requestId, signal),
  });
}

function broken(operation: OperationName, requestId: string, signal: AbortSignal) {
  return (error: unknown) => void logged(error, { requestId, operation, signal });
}
