import { MailError } from '../errors.ts';
import { createMemory } from './memory.ts';
import { openHeld } from './pool-open.ts';
import {
  type Account,
  type AccountOptions,
  defaultLimits,
  type Held,
  type PoolKey,
  type PoolStatus,
  type Waiter,
  type Wish,
} from './pool-types.ts';

interface Pool {
  accounts: Map<string, Account>;
  /** Connections that a server allows one user, learned when it refused one more. */
  learned: Map<string, { limit: number; until: number }>;
  counts: { opened: number; closed: number; failed: number };
  observers: Set<(waitedMs: number) => void>;
  sweeper: NodeJS.Timeout | null;
}

const slot = Symbol.for('posthorn.imap.pool');
const learnedMs = 10 * 60_000;
const forgetAccountMs = 60 * 60_000;

/** The pool of this process. It hangs on globalThis, since a development server loads modules again and again. */
export function pool(): Pool {
  const globals = globalThis as { [slot]?: Pool };
  globals[slot] ??= {
    accounts: new Map(),
    learned: new Map(),
    counts: { opened: 0, closed: 0, failed: 0 },
    observers: new Set(),
    sweeper: null,
  };
  return globals[slot];
}

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
    watched: new Map(),
    listeners: new Set(),
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

/** Ends every connection of a sign-in at once; its waiting requests are told `unauthenticated`. */
export function closeSession(sessionId: string): void {
  for (const account of pool().accounts.values()) if (account.key.sessionId === sessionId) closeAccount(account);
}

export function closeAccount(account: Account): void {
  account.isClosed = true;
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

function take(held: Held): Held {
  held.isBusy = true;
  held.isUsed = true;
  held.lastUsedAt = Date.now();
  return held;
}

/** Of the idle ones: with the mailbox selected, watching nothing first; then any, then one that watches another. */
function pick(account: Account, wish: Wish): Held | null {
  let best: Held | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const held of account.held) {
    if (held.isBusy || !held.client.usable || (wish.isFresh && held.isUsed)) continue;
    const selected = held.client.mailbox ? held.client.mailbox.path : null;
    const isHere = wish.path !== null && selected === wish.path;
    const rank = (isHere ? 0 : wish.path === null ? 1 : 2) + (held.watches && !isHere ? 4 : held.watches ? 0.5 : 0);
    if (rank < bestRank || (rank === bestRank && best !== null && held.lastUsedAt < best.lastUsedAt)) {
      best = held;
      bestRank = rank;
    }
  }
  // Rather another connection than to take one from what it watches, while there may be another.
  if (bestRank >= 4 && account.held.size + account.opening < limitOf(account) && hasRoom(account)) return null;
  return best;
}

function wait(account: Account, wish: Wish, since: number): Promise<Held> {
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
    if (wish.signal?.aborted) return reject(new MailError('cancelled', 'cancelled before it began'));
    wish.signal?.addEventListener('abort', onAbort, { once: true });
    account.queue.push(waiter);
    pump(account);
  });
}

const busy = (account: Account) =>
  account.lastError?.code === 'busy'
    ? account.lastError
    : new MailError('busy', 'every connection to the mail server is in use', { retryAfterMs: 1000 });

function fail(account: Account, error: MailError): void {
  for (const waiter of [...account.queue]) waiter.reject(error);
}

/** Serves who waits: idle connections first, then new ones as far as the limits go. */
export function pump(account: Account): void {
  for (;;) {
    const waiter = account.queue[0];
    if (!waiter) return;
    const held =
      pick(account, waiter) ?? (account.opening === 0 && !mayOpen(account) ? pickAny(account, waiter) : null);
    if (!held) break;
    waiter.resolve(take(held));
  }
  grow(account);
}

const pickAny = (account: Account, waiter: Waiter): Held | null => pick(account, { ...waiter, isFresh: false });

const mayOpen = (account: Account) => account.held.size + account.opening < limitOf(account);

function grow(account: Account): void {
  const waiter = account.queue[0];
  if (!waiter || account.isClosed) return;
  // One login first: the others wait for it, so that a wrong password is tried once.
  if (account.opening > 0 && !account.isKnownGood) return;
  if (account.opening >= account.queue.length) return;
  const now = Date.now();
  if (now < account.blockedUntil && account.lastError) {
    if (account.lastError.code === 'busy') later(account, account.blockedUntil - now);
    else if (account.held.size === 0) fail(account, again(account.lastError, account.blockedUntil - now));
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
  if (!isNeeded && dueMs > 0) later(account, dueMs);
  else open(account);
}

/** A retry wants a new connection where all are taken: an idle one gives way. */
function closeAnIdle(account: Account): void {
  [...account.held].find((held) => !held.isBusy)?.client.close();
}

const isOnlyWatching = (account: Account) => [...account.held].every((held) => held.watches !== null && !held.isBusy);

const again = (error: MailError, retryAfterMs: number) =>
  new MailError(error.code, error.message, {
    cause: error.cause,
    retryAfterMs,
    ...(error.serverText ? { serverText: error.serverText } : {}),
  });

function later(account: Account, ms: number): void {
  if (account.grow) return;
  account.grow = setTimeout(() => {
    account.grow = null;
    pump(account);
  }, ms);
}

function open(account: Account): void {
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
      pump(account);
    },
    closed(held) {
      pool().counts.closed += 1;
      account.held.delete(held);
      for (const tell of account.gone) tell(held);
      pump(account);
      pumpOthers(account);
    },
    failed(error) {
      account.opening -= 1;
      pool().counts.failed += 1;
      account.lastError = error;
      if (error.code === 'busy') learn(account);
      account.failures += 1;
      account.blockedUntil = Date.now() + backOffMs(account.failures);
      if (error.code !== 'busy' && account.held.size === 0 && account.opening === 0) fail(account, error);
      pump(account);
    },
  });
  grow(account);
}

const backOffMs = (failures: number) => Math.min(30_000, 125 * 2 ** Math.min(failures, 10));

/** The server takes no more connections of this user: what is open now, over all its sign-ins, is what there may be. */
function learn(account: Account): void {
  const mates = matesOf(account);
  const open = mates.reduce((sum, mate) => sum + mate.held.size, 0);
  pool().learned.set(userOf(account), { limit: Math.max(1, open), until: Date.now() + learnedMs });
  if (account.held.size > 0) return;
  // This sign-in has none at all: an idle one of the same person in another sign-in gives way.
  const idle = mates.flatMap((mate) => [...mate.held]).filter((held) => !held.isBusy);
  idle.sort((a, b) => a.lastUsedAt - b.lastUsedAt)[0]?.client.close();
}

const userOf = ({ server, login }: Account) => JSON.stringify([server.host, server.port, login.username]);

const matesOf = (account: Account) =>
  [...pool().accounts.values()].filter((other) => userOf(other) === userOf(account));

function limitOf(account: Account): number {
  const learned = pool().learned.get(userOf(account));
  if (!learned) return account.limits.perAccount;
  if (learned.until < Date.now()) {
    pool().learned.delete(userOf(account));
    return account.limits.perAccount;
  }
  const others = matesOf(account).reduce(
    (sum, mate) => sum + (mate === account ? 0 : mate.held.size + mate.opening),
    0,
  );
  return Math.min(account.limits.perAccount, Math.max(1, learned.limit - others));
}

function hasRoom(account: Account): boolean {
  let all = 0;
  let host = 0;
  for (const other of pool().accounts.values()) {
    const size = other.held.size + other.opening;
    all += size;
    if (other.server.host === account.server.host) host += size;
  }
  return all < account.limits.perProcess && host < account.limits.perHost;
}

/** Closes the least recently used idle connection of another account, on the same host where the host is full. */
function evict(account: Account): void {
  let oldest: Held | null = null;
  for (const other of pool().accounts.values()) {
    if (other === account) continue;
    for (const held of other.held) {
      if (!held.isBusy && other.server.host === account.server.host && (!oldest || held.lastUsedAt < oldest.lastUsedAt))
        oldest = held;
    }
  }
  oldest?.client.close();
}

/** A place became free: who waited longest elsewhere for one may have it. */
function pumpOthers(account: Account): void {
  const waiting = [...pool().accounts.values()].filter((other) => other !== account && other.queue.length > 0);
  waiting.sort((a, b) => (a.queue[0]?.since ?? 0) - (b.queue[0]?.since ?? 0));
  for (const other of waiting) pump(other);
}

function startSweeper(): void {
  if (pool().sweeper) return;
  pool().sweeper = setInterval(sweep, 1000).unref();
}

function sweep(): void {
  const now = Date.now();
  for (const account of pool().accounts.values()) {
    for (const held of account.held) {
      if (!held.isBusy && held.watches === null && now - held.lastUsedAt > account.limits.idleMs) held.client.close();
    }
    const isUnused =
      account.held.size === 0 && account.opening === 0 && account.queue.length === 0 && account.watched.size === 0;
    if (isUnused && now - account.lastUsedAt > forgetAccountMs) pool().accounts.delete(account.id);
  }
}
