import { MailError } from '../errors.ts';
import { pick, pump, pumpOthers, take } from './pool-queue.ts';
import { pool } from './pool-state.ts';
import type { Account, Held, Waiter, Wish } from './pool-types.ts';

/** Lends a connection until `release`. Throws `busy` past the deadline, and what opening one throws. */
export async function acquire(account: Account, wish: Wish): Promise<Held> {
  const since = Date.now();
  const observed = performance.now();
  if (account.isClosed) throw new MailError('unauthenticated', 'signed out');
  account.lastUsedAt = since;
  const ready = account.queue.length === 0 ? pick(account, wish) : null;
  const held = ready ? take(ready) : await wait(account, wish, since);
  for (const observe of pool().observers) observe(performance.now() - observed);
  return held;
}

/** Takes a connection back; a broken one is closed. */
export function release(held: Held, isBroken = false): void {
  held.isBusy = false;
  held.lastUsedAt = Date.now();
  if (isBroken || !held.client.usable) held.client.close();
  pump(held.account);
  pumpOthers(held.account);
  for (const tell of held.account.returned) tell(held);
}

function wait(account: Account, wish: Wish, since: number): Promise<Held> {
  if (wish.signal?.aborted) return Promise.reject(new MailError('cancelled', 'cancelled before it began'));
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(waiter.deadline);
      wish.signal?.removeEventListener('abort', onAbort);
      const at = account.queue.indexOf(waiter);
      if (at >= 0) account.queue.splice(at, 1);
    };
    const onAbort = () => waiter.reject(new MailError('cancelled', 'cancelled while waiting for a connection'));
    const waiter: Waiter = {
      ...wish,
      since,
      deadline: setTimeout(() => waiter.reject(busy(account)), account.limits.acquireMs),
      resolve: (held) => {
        leave();
        resolve(held);
      },
      reject: (error) => {
        leave();
        reject(error);
      },
    };
    wish.signal?.addEventListener('abort', onAbort, { once: true });
    account.queue.push(waiter);
    pump(account);
  });
}

const busy = (account: Account) =>
  account.lastError?.code === 'busy'
    ? account.lastError
    : new MailError('busy', 'every connection to the mail server is in use', { retryAfterMs: 1000 });
