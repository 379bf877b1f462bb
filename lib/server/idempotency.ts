import { createHash } from 'node:crypto';
import { MailError } from '../mail/errors.ts';
import type { Store } from '../store/database.ts';
import { claimKey, type IdempotencyPlace, keepAnswer, releaseKey } from '../store/idempotency.ts';
import { makeRoomFor } from './answer-room.ts';
import { withClaim } from './claim.ts';
import { log } from './log.ts';
import { store } from './store.ts';

/** An answer as it goes over HTTP; `body` is JSON text, null for 204. */
export interface Answer {
  status: number;
  body: string | null;
}

export interface KeyedRequest {
  sessionId: string;
  /** The person, by the account that signed in: what is kept counts as theirs. */
  accountId: string;
  /** The operation's name in the contract. */
  operation: string;
  /** The Idempotency-Key header. */
  key: string;
  /** Everything that makes the request what it is: parameters and body, as parsed. */
  content: unknown;
}

const keepMs = 24 * 3_600_000;
/** A write whose process has not said for this long that it still runs died with it; its key is free again. */
const claimMs = 2 * 60_000;
/** The answer to 10,000 ids takes about 1 MB. A larger one is not kept; that it was given, is. */
const maxAnswerBytes = 2 * 1024 * 1024;

/**
 * Runs a write once for its Idempotency-Key and gives the first answer to every repetition within 24 hours (less, once
 * newer answers fill the person's room). A write that throws has done nothing and leaves the key free. Throws `conflict`
 * while the first still runs or when its answer was too large to keep, `invalid` when the key was used for something else.
 */
export async function answerOnce(
  request: KeyedRequest,
  work: () => Promise<Answer>,
  claim = { ms: claimMs },
): Promise<Answer & { isReplay: boolean }> {
  const place = { session_id: request.sessionId, operation: request.operation, idempotency_key: request.key };
  const fingerprint = createHash('sha256').update(JSON.stringify(request.content)).digest('base64url');
  const opened = await store();
  const earlier = await claimKey(opened, place, fingerprint, Date.now() + claim.ms);
  if (earlier !== null) {
    if (earlier.fingerprint !== fingerprint) throw new MailError('invalid', reused, { detail: 'Idempotency-Key' });
    if (earlier.status === null) throw new MailError('conflict', running, { retryAfterMs: 1_000 });
    if (earlier.status === done) throw new MailError('conflict', unkept, { detail: 'done already' });
    return { status: earlier.status, body: earlier.body, isReplay: true };
  }
  let answer: Answer;
  try {
    answer = await withClaim(opened, place, claim.ms, work);
  } catch (error) {
    await releaseKey(opened, place).catch(told('a key could not be given back'));
    throw error;
  }
  // What was done is done: the caller gets the answer, whatever becomes of the copy.
  await keep(opened, request.accountId, place, answer).catch(told('an answer could not be kept'));
  return { ...answer, isReplay: false };
}

async function keep(opened: Store, accountId: string, place: IdempotencyPlace, answer: Answer): Promise<void> {
  const isKept = Buffer.byteLength(answer.body ?? '') <= maxAnswerBytes;
  const copy = isKept ? answer : { status: done, body: null };
  const keptBytes = await keepAnswer(opened, place, { ...copy, expires_at_ms: Date.now() + keepMs });
  await makeRoomFor(opened, accountId, keptBytes);
}

/** Stands where the status of an answer would, when only that it was given is kept; no HTTP status. */
const done = 0;

const told = (sentence: string) => (error: unknown) => void log.error({ err: error }, sentence);
const reused = 'this Idempotency-Key belongs to another request';
const running = 'the first request with this Idempotency-Key is still running';
const unkept = 'the first request with this Idempotency-Key is done; its answer was too large to keep';
