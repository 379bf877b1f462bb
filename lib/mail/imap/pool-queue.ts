import type { MailError } from '../errors.ts';
import { grow } from './pool-grow.ts';
import { hasRoom, mayOpen } from './pool-limits.ts';
import { pool } from './pool-state.ts';
import type { Account, Held, Waiter, Wish } from './pool-types.ts';
import { isResting } from './resting.ts';

export function take(held: Held): Held {
  held.isBusy = true;
  held.isUsed = true;
  held.lastUsedAt = Date.now();
  return held;
}

/** Of the idle ones: with the mailbox selected, watching nothing first; then any, then one that watches another. */
export function pick(account: Account, wish: Wish): Held | null {
  let best: Held | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const held of account.held) {
    if (held.isBusy || !held.client.usable || (wish.isFresh && held.isUsed)) continue;
    const selected = held.client.mailbox ? held.client.mailbox.path : null;
    const isHere = wish.path !== null && selected === wish.path;
    const rest = isResting(held) ? (isHere ? 0.5 : 4) : 0;
    const rank = (isHere ? 0 : wish.path === null ? 1 : 2) + rest;
    if (rank < bestRank || (rank === bestRank && best !== null && held.lastUsedAt < best.lastUsedAt)) {
      best = held;
      bestRank = rank;
    }
  }
  // Rather another connection than to take one from what it watches, while there may be another.
  if (bestRank >= 4 && mayOpen(account) && hasRoom(account) && Date.now() >= account.blockedUntil) return null;
  return best;
}

/** Serves who waits, in their order: idle connections first, then new ones as far as the limits go. */
export function pump(account: Account): void {
  for (const waiter of [...account.queue]) {
    const held = pick(account, waiter) ?? pickAny(account, waiter);
    if (held) waiter.resolve(take(held));
  }
  grow(account, { pump, pumpOthers, fail });
}

/** Where no more may be opened, a retry makes do with a connection in use before. */
function pickAny(account: Account, waiter: Waiter): Held | null {
  return account.opening === 0 && !mayOpen(account) ? pick(account, { ...waiter, isFresh: false }) : null;
}

/** Tells everybody who waits. */
export function fail(account: Account, error: MailError): void {
  for (const waiter of [...account.queue]) waiter.reject(error);
}

/** A place became free: who waited longest elsewhere for one may have it. */
export function pumpOthers(account: Account): void {
  const waiting = [...pool().accounts.values()].filter((other) => other !== account && other.queue.length > 0);
  waiting.sort((a, b) => (a.queue[0]?.since ?? 0) - (b.queue[0]?.since ?? 0));
  for (const other of waiting) pump(other);
}
