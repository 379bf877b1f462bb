import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MailError } from '../errors.ts';
import type { CollectionStore } from './collection-store.ts';
import { reasonOf } from './connect.ts';

/** Takes the maildrop for this process until the function it gives is called; `onLost` when it could not be renewed. */
export type TakeLease = (signal: AbortSignal, onLost: (reason: MailError) => void) => Promise<() => Promise<void>>;

/** A process that died holds others off for so long at most. */
const leaseMs = 15_000;
const renewMs = 5_000;
const askAgainMs = 200;

/** On the process, not on this module: development reloads modules. */
const shared = globalThis as { posthornProcess?: string };
shared.posthornProcess ??= randomUUID();

/**
 * POP3 locks a maildrop for a session (RFC 1939 §4), and several processes may serve one person: they take turns by a row
 * of the database. Waits up to `waitMs`, then throws `busy`.
 */
export function createLease(
  collection: Pick<CollectionStore, 'takeLease' | 'releaseLease'>,
  accountId: string,
  waitMs: number,
  owner = shared.posthornProcess ?? '',
): TakeLease {
  const take = () => collection.takeLease(accountId, owner, Date.now() + leaseMs);
  return async (signal, onLost) => {
    const until = Date.now() + waitMs;
    while (!(await take())) {
      if (Date.now() >= until) {
        throw new MailError('busy', 'the maildrop is in use by another process', { retryAfterMs: 5_000 });
      }
      await sleep(askAgainMs, undefined, { signal }).catch(() => {
        throw reasonOf(signal);
      });
    }
    let renewal = Promise.resolve();
    const renew = async () => {
      try {
        if (!(await take())) onLost(new MailError('busy', 'another process took the maildrop'));
      } catch (error) {
        onLost(new MailError('internal', 'the lease of the maildrop could not be renewed', { cause: error }));
      }
    };
    const timer = setInterval(() => {
      renewal = renewal.then(renew);
    }, renewMs);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await renewal;
      await collection.releaseLease(accountId, owner);
    };
  };
}
