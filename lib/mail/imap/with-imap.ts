import type { ImapFlow, MailboxObject } from 'imapflow';
import { MailError } from '../errors.ts';
import { acquire, release } from './acquire.ts';
import { fetchRows } from './fetch.ts';
import { keepingOf } from './keeping.ts';
import type { Account, Held } from './pool-types.ts';
import { isLostConnection, translateError } from './translate-error.ts';
import { atom, execute, spareListing, withDeadline } from './wire.ts';

/**
 * `read` and `repeatable` (a write that does no harm twice) are tried once more on a fresh connection when the first
 * was lost under them; `once` never is.
 */
export type Mode = 'read' | 'repeatable' | 'once';

export interface ImapRequest {
  mailbox: string;
  mode: Mode;
  signal?: AbortSignal | undefined;
}

/** A connection lent to a closure, with the mailbox selected. */
export interface Selected {
  client: ImapFlow;
  /** imapflow's live view of the selected mailbox. */
  mailbox: MailboxObject;
  uidValidity: number;
  account: Account;
  held: Held;
  /** True where SELECT has just told all; else `refresh` first where it matters. */
  isNew: boolean;
  /** The first try lost its connection: what it began may have happened. */
  isRetry: boolean;
}

/** How long an abandoned command may still take before its connection is closed. */
const abandonMs = 300;
const selectMs = 30_000;

/** Lends a connection that has the mailbox selected. Throws MailError; `notFound` where there is no such mailbox. */
export function withImap<T>(
  account: Account,
  request: ImapRequest,
  work: (selected: Selected) => Promise<T>,
): Promise<T> {
  if (request.mailbox === '') return Promise.reject(new MailError('notFound', 'no mailbox has no name'));
  return lend(account, request.mailbox, request, async (held, isRetry) =>
    work({ ...(await select(held, request.mailbox)), isRetry }),
  );
}

/** Lends a connection for what needs no mailbox: LIST, CREATE, APPEND… */
export function withConnection<T>(
  account: Account,
  request: Omit<ImapRequest, 'mailbox'>,
  work: (client: ImapFlow) => Promise<T>,
): Promise<T> {
  return lend(account, null, request, (held) => work(held.client));
}

/**
 * Asks for what happened meanwhile, so that sequence numbers and counts are of now (RFC 9051 §5.2). What came in is told by
 * number alone: its UID is asked for, since one that came and one that went leave as many messages as before.
 */
export async function refresh({ client, mailbox, held, isNew }: Selected): Promise<void> {
  if (!isNew) await execute(client, { name: 'NOOP' });
  if (!held.hasArrivals) return;
  held.hasArrivals = false;
  if (mailbox.exists === 0) return;
  const [last] = await fetchRows(client, { range: '*', isUid: false, items: [atom('UID')] });
  mailbox.uidNext = Math.max(mailbox.uidNext ?? 0, (last?.uid ?? 0) + 1);
}

/**
 * The same before acting on UIDs, where it is needed: servers without CONDSTORE go on to answer for messages that
 * others have expunged (Courier), those with it tell by themselves that there is nothing to act on.
 */
export async function catchUp(selected: Selected, uids: readonly number[]): Promise<void> {
  if (selected.client.enabled.has('CONDSTORE')) await hearOf(selected, uids);
  else await refresh(selected);
}

/** The same of messages that came in since this connection was last told something: of them Dovecot says that there are none. */
export async function hearOf(selected: Selected, uids: readonly number[]): Promise<void> {
  const { uidNext } = selected.mailbox;
  if (uids.some((uid) => uid >= (uidNext ?? 0))) await refresh(selected);
}

async function lend<T>(
  account: Account,
  path: string | null,
  { mode, signal }: Omit<ImapRequest, 'mailbox'>,
  work: (held: Held, isRetry: boolean) => Promise<T>,
): Promise<T> {
  for (let isRetry = false; ; isRetry = true) {
    const held = await acquire(account, { path, isFresh: isRetry, signal });
    try {
      return await attend(held, signal, work(held, isRetry));
    } catch (error) {
      const mayRepeat = !isRetry && mode !== 'once' && isLostConnection(error) && !account.isClosed;
      if (!mayRepeat) throw translateError(error);
    }
  }
}

/** Waits for the work and gives the connection back; an abort answers at once and leaves the rest to the background. */
async function attend<T>(held: Held, signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  const settled = work.then(
    () => release(held),
    (error: unknown) => release(held, isLostConnection(error)),
  );
  if (!signal) return await work;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      const timer = setTimeout(() => held.client.close(), abandonMs);
      settled.finally(() => clearTimeout(timer));
      reject(new MailError('cancelled', 'the caller went away'));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}

async function select(held: Held, path: string): Promise<Omit<Selected, 'isRetry'>> {
  const { client, account } = held;
  const current = client.mailbox;
  const isNew = !current || current.path !== path;
  if (isNew) {
    spareListing(client, path);
    const opened = await withDeadline(client, selectMs, client.mailboxOpen(path));
    // imapflow opens nothing, and leaves what was selected before, where it takes the session for over.
    if (!opened) throw new MailError('unreachable', 'the session ended before the mailbox was opened');
  }
  const { mailbox } = client;
  if (!mailbox) throw new MailError('protocol', 'the server selected nothing');
  if (isNew) {
    held.hasArrivals = false;
    held.changes += 1;
    account.keeping.set(path, keepingOf(mailbox));
  }
  return { client, mailbox, uidValidity: Number(mailbox.uidValidity), account, held, isNew };
}
