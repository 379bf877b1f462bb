import { MailError } from '../errors.ts';
import { createTrace } from '../trace/trace.ts';
import { createMemory } from './memory.ts';
import { fail } from './pool-queue.ts';
import { pool } from './pool-state.ts';
import { type Account, type AccountOptions, defaultLimits, type PoolKey, type PoolStatus } from './pool-types.ts';
import { startSweeper } from './sweep.ts';

const idOf = (key: PoolKey) => JSON.stringify([key.sessionId, key.accountId]);

/** The account of a sign-in in the pool; opens nothing yet. A changed secret or server begins anew. */
export function accountOf(options: AccountOptions): Account {
  const { accounts } = pool();
  const id = idOf(options.key);
  const known = accounts.get(id);
  if (known && !known.isClosed && isSame(known, options)) return known;
  if (known) closeAccount(known);
  const account: Account = {
    id,
    key: options.key,
    server: options.server,
    login: options.login,
    limits: { ...defaultLimits, ...options.limits },
    log: options.log,
    trace: createTrace('IMAP', options.login.password),
    held: new Set(),
    opening: 0,
    queue: [],
    grow: null,
    isKnownGood: false,
    failures: 0,
    blockedUntil: 0,
    lastError: null,
    isClosed: false,
    lastUsedAt: Date.now(),
    memory: createMemory(),
    keeping: new Map(),
    watched: new Map(),
    listeners: new Set(),
    mailboxListeners: new Set(),
    notifyAfter: 0,
    returned: new Set(),
    gone: new Set(),
  };
  accounts.set(id, account);
  startSweeper();
  return account;
}

function isSame(account: Account, options: AccountOptions): boolean {
  const { server, login } = account;
  return (
    login.username === options.login.username &&
    login.password === options.login.password &&
    server.host === options.server.host &&
    server.port === options.server.port &&
    server.security === options.server.security
  );
}

/** Ends every connection of a sign-in at once; its waiting requests are told `unauthenticated`. */
export function closeSession(sessionId: string): void {
  for (const account of pool().accounts.values()) if (account.key.sessionId === sessionId) closeAccount(account);
}

export function closeAccount(account: Account): void {
  account.isClosed = true;
  account.trace.end();
  if (pool().accounts.get(account.id) === account) pool().accounts.delete(account.id);
  if (account.grow) clearTimeout(account.grow);
  fail(account, new MailError('unauthenticated', 'signed out'));
  for (const held of account.held) held.client.close();
}

/** Ends everything: lets running work end for `graceMs`, then says LOGOUT where nothing runs and closes the rest. */
export async function closePool(graceMs = 5000): Promise<void> {
  const { accounts } = pool();
  const all = [...accounts.values()];
  const until = Date.now() + graceMs;
  const isRunning = () =>
    all.some((account) => account.queue.length > 0 || [...account.held].some((held) => held.isBusy));
  while (isRunning() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 25));
  const goodbyes = all.flatMap((account) =>
    [...account.held].filter((held) => !held.isBusy).map(({ client }) => client.logout()),
  );
  await Promise.race([Promise.allSettled(goodbyes), new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
  for (const account of all) closeAccount(account);
  const { sweeper } = pool();
  if (sweeper) clearInterval(sweeper);
  pool().sweeper = null;
}

export function poolStatus(): PoolStatus {
  let open = 0;
  let idle = 0;
  let waiting = 0;
  for (const account of pool().accounts.values()) {
    open += account.held.size;
    for (const held of account.held) if (!held.isBusy) idle += 1;
    waiting += account.queue.length;
  }
  return { open, idle, waiting, ...pool().counts };
}

/** Tells how many milliseconds each request waited for its connection. Returns how to stop. */
export function observeAcquire(observe: (waitedMs: number) => void): () => void {
  pool().observers.add(observe);
  return () => pool().observers.delete(observe);
}
