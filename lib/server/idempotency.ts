import { createHash } from 'node:crypto';
import { MailError } from '../mail/errors.ts';
import { claimKey, keepAnswer, releaseKey } from '../store/idempotency.ts';
import { store } from './store.ts';

/** An answer as it goes over HTTP; `body` is JSON text, null for 204. */
export interface Answer {
  status: number;
  body: string | null;
}

export interface KeyedRequest {
  sessionId: string;
  /** The operation's name in the contract. */
  operation: string;
  /** The Idempotency-Key header. */
  key: string;
  /** Everything that makes the request what it is: parameters and body, as parsed. */
  content: unknown;
}

const keepMs = 24 * 3_600_000;
/** A write that has not ended by then died with its process; its key is free again. */
const runningMs = 2 * 60_000;

/**
 * Runs a write once for its Idempotency-Key and gives the first answer to every repetition within 24 hours. A write that
 * throws has done nothing and leaves the key free. Throws `conflict` while the first still runs, `invalid` when the key
 * was used for something else.
 */
export async function answerOnce(
  request: KeyedRequest,
  work: () => Promise<Answer>,
): Promise<Answer & { isReplay: boolean }> {
  const place = { session_id: request.sessionId, operation: request.operation, idempotency_key: request.key };
  const fingerprint = createHash('sha256').update(JSON.stringify(request.content)).digest('base64url');
  const opened = await store();
  const earlier = await claimKey(opened, place, fingerprint, Date.now() + runningMs);
  if (earlier !== null) {
    if (earlier.fingerprint !== fingerprint) throw new MailError('invalid', reused, { detail: 'Idempotency-Key' });
    if (earlier.status === null) throw new MailError('conflict', running, { retryAfterMs: 1_000 });
    return { status: earlier.status, body: earlier.body, isReplay: true };
  }
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    await releaseKey(opened, place);
    throw error;
  }
  await keepAnswer(opened, place, { ...answer, expires_at_ms: Date.now() + keepMs });
  return { ...answer, isReplay: false };
}

const reused = 'this Idempotency-Key belongs to another request';
const running = 'the first request with this Idempotency-Key is still running';
