import { LRUCache } from 'lru-cache';
import { MailError } from '../errors.ts';

/** When each maildrop was last entered, by a clock that nobody sets, where its server wants time between sign-ins (RFC 2449 §6.5). */
const entered = new LRUCache<string, { at: number; delayMs: number }>({ max: 10_000 });

/** Remembers a sign-in to the maildrop `name`; null where its server announces no delay. */
export function noteSignIn(name: string, delayMs: number | null): void {
  if (delayMs !== null) entered.set(name, { at: performance.now(), delayMs });
}

/** How many ms until the server lets us in again; 0 where that is now or unknown. */
export function loginDelayOf(name: string): number {
  const last = entered.get(name);
  return last ? Math.max(0, last.at + last.delayMs - performance.now()) : 0;
}

/**
 * The same where it is short enough to wait for. Throws `throttled` where it is longer than a person waits: an attempt
 * before the time would be refused, and makes some servers count anew.
 */
export function shortDelayOf(name: string, patienceMs: number): number {
  const waitMs = loginDelayOf(name);
  if (waitMs > patienceMs) throw tooSoon(waitMs);
  return waitMs;
}

/** Whether who leaves the maildrop now may soon come back to it. */
export const mayComeBack = (name: string, patienceMs: number): boolean => loginDelayOf(name) <= patienceMs;

/** How long to wait after the refusal `error` of a sign-in before trying once more. Throws it where that is too long. */
export function delayAfter(error: MailError, patienceMs: number): number {
  const waitMs = error.retryAfterMs ?? Number.POSITIVE_INFINITY;
  if (error.code !== 'throttled' || waitMs > patienceMs) throw error;
  return waitMs;
}

const tooSoon = (waitMs: number) =>
  new MailError('throttled', 'the server wants more time between sign-ins', {
    retryAfterMs: Math.ceil(waitMs / 1000) * 1000,
  });
