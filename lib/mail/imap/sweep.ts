import { pool } from './pool-state.ts';
import type { Account } from './pool-types.ts';
import { isResting } from './resting.ts';

const sweepMs = 1000;
const forgetAccountMs = 60 * 60_000;
/** Rows remembered in this process, over all sign-ins: about 1.5 kB each. */
const maxFacts = 100_000;

/** Closes what nobody used for long, and keeps what the sign-ins remember within bounds. */
export function startSweeper(): void {
  pool().sweeper ??= setInterval(() => {
    const accounts = [...pool().accounts.values()];
    for (const account of accounts) closeUnused(account, Date.now());
    forgetOldest(accounts);
    forgetLearned(Date.now());
  }, sweepMs).unref();
}

function closeUnused(account: Account, now: number): void {
  const { held, opening, queue, watched, limits } = account;
  for (const each of held)
    if (!each.isBusy && !isResting(each) && now - each.lastUsedAt > limits.idleMs) each.client.close();
  const isUnused = held.size === 0 && opening === 0 && queue.length === 0 && watched.size === 0 && !account.trace.isOn;
  if (isUnused && now - account.lastUsedAt > forgetAccountMs) pool().accounts.delete(account.id);
}

function forgetOldest(accounts: Account[]): void {
  let total = accounts.reduce((sum, { memory }) => sum + memory.size(), 0);
  if (total <= maxFacts) return;
  for (const { memory } of accounts.sort((a, b) => a.lastUsedAt - b.lastUsedAt)) {
    if (total <= maxFacts) return;
    total -= memory.size();
    memory.clear();
  }
}

/** What was learned of a user's limit is for the next minutes; whoever does not come back must not be remembered. */
function forgetLearned(now: number): void {
  for (const [user, { until }] of pool().learned) if (until < now) pool().learned.delete(user);
}
