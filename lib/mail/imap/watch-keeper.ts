import type { StatusObject } from 'imapflow';
import { asMailError, type MailError } from '../errors.ts';
import { tellListeners, tellMailboxes } from './changes.ts';
import { lineOf } from './connect.ts';
import { beginNotify, isNotified, mayNotify, notifierOf } from './notify.ts';
import type { Account, Held } from './pool-types.ts';
import { withDeadline } from './wire.ts';
import { withConnection, withImap } from './with-imap.ts';

/** What keeps an account's watched mailboxes each under a resting connection. */
interface Keeper {
  timer: NodeJS.Timeout | null;
  isRunning: boolean;
  isAgain: boolean;
  failures: number;
  /** Watched before and lost since: its watchers may have missed something. */
  lost: Set<string>;
  /** Of mailboxes for which there is no connection to spare: what STATUS said last. */
  polled: Map<string, string>;
  /** Told when the server refuses the password: the watching is over. */
  refused: Set<(error: MailError) => void>;
}

const keepers = new WeakMap<Account, Keeper>();
const pollMs = 60_000;
const statusMs = 15_000;
/** Quiet time before a borrowed connection goes back to what it watches. */
const returnMs = 750;

function keeperOf(account: Account): Keeper {
  const known = keepers.get(account);
  if (known) return known;
  const keeper: Keeper = {
    timer: null,
    isRunning: false,
    isAgain: false,
    failures: 0,
    lost: new Set(),
    polled: new Map(),
    refused: new Set(),
  };
  keepers.set(account, keeper);
  account.returned.add((held) => comeBack(account, held));
  account.gone.add((held) => {
    if (held.notified !== null) loseAll(account, keeper);
    else if (held.watches === null) return;
    else keeper.lost.add(held.watches);
    keepWatch(account);
  });
  return keeper;
}

function loseAll(account: Account, { lost }: Keeper): void {
  for (const path of account.watched.keys()) lost.add(path);
}

/** Puts a connection on the mailbox. Throws what opening it throws. */
export async function watchNow(account: Account, path: string, signal?: AbortSignal): Promise<void> {
  const keeper = keeperOf(account);
  // What NOTIFY has told of is there; of others it is seen when they are opened.
  if (isRestedOn(account, path) || (isNotified(account, path) && notifierOf(account)?.notified?.has(path))) return;
  await withImap(account, { mailbox: path, mode: 'read', signal }, async ({ held }) => {
    // Where connections are few, what another mailbox rests on is only borrowed.
    if (isNotified(account, path)) return;
    if (held.watches === null || !chosen(account).includes(held.watches)) held.watches = path;
  });
  if (keeper.lost.delete(path)) tellListeners(account, path, 'unknown');
}

/** Waits until the signal aborts. Throws `unauthenticated` where the server refuses the password meanwhile. */
export function untilEnd(account: Account, signal: AbortSignal): Promise<void> {
  const { refused } = keeperOf(account);
  return new Promise((resolve, reject) => {
    const over = () => {
      refused.delete(end);
      resolve();
    };
    const end = (error: MailError) => {
      refused.delete(end);
      signal.removeEventListener('abort', over);
      reject(error);
    };
    refused.add(end);
    signal.addEventListener('abort', over, { once: true });
  });
}

const isRestedOn = (account: Account, path: string) => [...account.held].some(({ watches }) => watches === path);

/** Sees to it, soon and in the background, that every mailbox to be watched is. */
export function keepWatch(account: Account): void {
  const keeper = keeperOf(account);
  keeper.isAgain = true;
  if (keeper.timer) clearTimeout(keeper.timer);
  keeper.timer = setTimeout(
    () => run(account, keeper),
    keeper.failures === 0 ? 0 : Math.min(60_000, 500 * 2 ** keeper.failures),
  ).unref();
}

function run(account: Account, keeper: Keeper): void {
  keeper.timer = null;
  if (keeper.isRunning || account.isClosed) return;
  keeper.isRunning = true;
  keeper.isAgain = false;
  let isRefused = false;
  watchAll(account, keeper)
    .then(
      () => {
        keeper.failures = 0;
      },
      (error: unknown) => {
        keeper.failures = Math.min(keeper.failures + 1, 8);
        account.log?.({ level: 'warn', msg: 'watching failed', error: lineOf(error) });
        const failure = asMailError(error);
        isRefused = failure.code === 'unauthenticated';
        keeper.isAgain = !isRefused;
        if (isRefused) for (const end of keeper.refused) end(failure);
      },
    )
    .finally(() => {
      keeper.isRunning = false;
      if (account.isClosed || account.watched.size === 0) return;
      // A refused password is not tried again by itself: every minute, servers lock out the person, or all of us.
      if (isRefused) return;
      if (keeper.isAgain) keepWatch(account);
      else keeper.timer ??= setTimeout(() => run(account, keeper), pollMs).unref();
    });
}

async function watchAll(account: Account, keeper: Keeper): Promise<void> {
  const paths = chosen(account);
  for (const held of account.held) if (held.watches !== null && !paths.includes(held.watches)) held.watches = null;
  for (const path of paths) {
    await watchNow(account, path);
    await notify(account, keeper, path);
  }
  for (const path of account.watched.keys())
    if (!isRestedOn(account, path) && !isNotified(account, path)) await poll(account, keeper, path);
}

/** Where the server offers it, one connection listens for all mailboxes, and what rested on one mailbox is free. */
async function notify(account: Account, keeper: Keeper, path: string): Promise<void> {
  const resting = [...account.held].find(({ watches }) => watches === path);
  if (notifierOf(account) || !resting || !mayNotify(resting)) return;
  await withImap(account, { mailbox: path, mode: 'once' }, ({ held }) =>
    beginNotify(held, () => {
      loseAll(account, keeper);
      tellMailboxes(account);
      keepWatch(account);
    }),
  );
  if (!notifierOf(account)) return;
  for (const held of account.held) if (held.watches !== null && isNotified(account, held.watches)) held.watches = null;
  // What happened until now was not told.
  for (const lost of keeper.lost) if (keeper.lost.delete(lost)) tellListeners(account, lost, 'unknown');
  tellMailboxes(account);
}

/** What is looked at last comes first, then the Inbox; two connections at most rest, and one stays free where it can. */
function chosen(account: Account): string[] {
  const paths = [...account.watched.keys()].reverse();
  const ordered = [
    ...paths.filter((path) => path !== 'INBOX').slice(0, 1),
    ...paths.filter((path) => path === 'INBOX'),
  ];
  return ordered.slice(0, Math.max(1, Math.min(2, account.limits.perAccount - 1)));
}

async function poll(account: Account, keeper: Keeper, path: string): Promise<void> {
  const status = await withConnection(account, { mode: 'read' }, (client) =>
    withDeadline(client, statusMs, client.status(path, { messages: true, uidNext: true, unseen: true })),
  );
  // The server would not say: what it said before still stands.
  if (!status) return;
  const now = wordOf(status);
  const before = keeper.polled.get(path);
  keeper.polled.set(path, now);
  if (before !== undefined && before !== now) tellListeners(account, path, 'unknown');
}

const wordOf = ({ messages, uidNext, unseen }: StatusObject) => [messages, uidNext, unseen].join(' ');

function comeBack(account: Account, held: Held): void {
  const { watches, client } = held;
  if (watches === null || !client.mailbox || client.mailbox.path === watches) return;
  setTimeout(() => {
    const isAway = client.usable && held.watches === watches && client.mailbox && client.mailbox.path !== watches;
    if (!isAway || held.isBusy || Date.now() - held.lastUsedAt < returnMs - 50) return;
    held.watches = null;
    keeperOf(account).lost.add(watches);
    keepWatch(account);
  }, returnMs).unref();
}
