import { MailError } from '../errors.ts';
import { evict, hasRoom, learn, mayOpen } from './pool-limits.ts';
import { openHeld } from './pool-open.ts';
import { pool } from './pool-state.ts';
import type { Account } from './pool-types.ts';
import { isResting } from './resting.ts';

/** What to do with those who wait once something has changed. */
export interface Queue {
  pump(account: Account): void;
  pumpOthers(account: Account): void;
  fail(account: Account, error: MailError): void;
}

/** Opens one more connection where somebody waits who needs it and it may be. */
export function grow(account: Account, queue: Queue): void {
  const waiter = account.queue[0];
  if (!waiter || account.isClosed) return;
  // One login first: the others wait for it, so that a wrong password is tried once.
  if (account.opening > 0 && !account.isKnownGood) return;
  if (account.opening >= account.queue.length) return;
  const now = Date.now();
  if (now < account.blockedUntil && account.lastError) {
    if (account.lastError.code === 'busy') later(account, queue, account.blockedUntil - now);
    else if (account.held.size === 0) queue.fail(account, again(account.lastError, account.blockedUntil - now));
    return;
  }
  if (!mayOpen(account)) {
    if (waiter.isFresh) closeAnIdle(account);
    return;
  }
  if (!hasRoom(account)) {
    // Where it closes one, that one's end pumps those who wait.
    evict(account);
    return;
  }
  const isNeeded = account.held.size + account.opening === 0 || waiter.isFresh || isOnlyWatching(account);
  const dueMs = waiter.since + account.limits.growMs - now;
  if (!isNeeded && dueMs > 0) later(account, queue, dueMs);
  else open(account, queue);
}

/** A retry wants a new connection where all are taken: an idle one gives way. */
function closeAnIdle(account: Account): void {
  [...account.held].find((held) => !held.isBusy)?.client.close();
}

const isOnlyWatching = (account: Account) => [...account.held].every((held) => isResting(held) && !held.isBusy);

const again = (error: MailError, retryAfterMs: number) =>
  new MailError(error.code, error.message, {
    cause: error.cause,
    retryAfterMs,
    ...(error.serverText ? { serverText: error.serverText } : {}),
  });

function later(account: Account, queue: Queue, ms: number): void {
  if (account.grow) return;
  account.grow = setTimeout(() => {
    account.grow = null;
    queue.pump(account);
  }, ms);
}

function open(account: Account, queue: Queue): void {
  account.opening += 1;
  openHeld(account, {
    opened(held) {
      account.opening -= 1;
      if (account.isClosed) {
        held.client.close();
        return;
      }
      pool().counts.opened += 1;
      account.isKnownGood = true;
      account.failures = 0;
      account.lastError = null;
      account.blockedUntil = 0;
      account.held.add(held);
      queue.pump(account);
    },
    closed(held) {
      pool().counts.closed += 1;
      account.held.delete(held);
      for (const tell of account.gone) tell(held);
      queue.pump(account);
      queue.pumpOthers(account);
    },
    failed(error) {
      account.opening -= 1;
      pool().counts.failed += 1;
      account.lastError = error;
      if (error.code === 'busy') learn(account);
      account.failures += 1;
      account.blockedUntil = Date.now() + backOffMs(account.failures);
      if (error.code !== 'busy' && account.held.size === 0 && account.opening === 0) queue.fail(account, error);
      queue.pump(account);
    },
  });
  grow(account, queue);
}

const backOffMs = (failures: number) => Math.min(30_000, 125 * 2 ** Math.min(failures, 10));
