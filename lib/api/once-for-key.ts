import { MailError } from '../mail/errors.ts';
import { answerOnce, type KeyedRequest } from '../server/idempotency.ts';
import { jsonHeaders, privateHeaders } from './headers.ts';

/**
 * Performs a write once for its Idempotency-Key (draft-ietf-httpapi-idempotency-key-header) and answers a repetition
 * with what was answered first, marked `Idempotency-Replayed: true`. Throws as `answerOnce` does.
 */
export async function onceForKey(
  place: KeyedRequest,
  perform: () => Promise<unknown>,
  requestId: string,
): Promise<Response> {
  if (!/^[\x21-\x7e]{1,255}$/.test(place.key)) {
    throw new MailError('invalid', 'unusable Idempotency-Key', { detail: 'Idempotency-Key' });
  }
  const { status, body, isReplay } = await answerOnce(place, async () => {
    const value = await perform();
    return value === undefined ? { status: 204, body: null } : { status: 200, body: JSON.stringify(value) };
  });
  const headers = body === null ? privateHeaders(requestId) : jsonHeaders(requestId, body);
  if (isReplay) headers.set('Idempotency-Replayed', 'true');
  return new Response(body, { status, headers });
}
