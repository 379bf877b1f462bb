import type { WatchRequest } from '../driver.ts';
import { MailError } from '../errors.ts';
import { mailboxIdOf, parseMailboxId } from '../ids.ts';
import type { MailboxChange } from '../model.ts';
import { gatherChanges } from './gather-changes.ts';
import { notifierOf } from './notify.ts';
import type { Account } from './pool-types.ts';
import { keepWatch, untilEnd, watchNow } from './watch-keeper.ts';

/**
 * Tells changes of the mailbox and of the Inbox until the signal aborts, by IDLE (RFC 2177) on a connection that rests
 * there; where the server offers NOTIFY (RFC 5465), of all mailboxes, and when these are others. A lost one is replaced with
 * back-off, then `unknown` is told. Throws `notFound` at its start, `unauthenticated` also when the password is refused later.
 */
export async function watch(
  account: Account,
  request: WatchRequest,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const path = request.mailboxId === null ? 'INBOX' : parseMailboxId(request.mailboxId);
  if (signal.aborted) return;
  const paths = [...new Set([path, 'INBOX'])];
  const ids = new Set(paths.map(mailboxIdOf));
  const gathered = gatherChanges(request, ids);
  const listen = (change: MailboxChange) => {
    if (ids.has(change.mailboxId) || notifierOf(account)) gathered.tell(change);
  };
  account.listeners.add(listen);
  account.mailboxListeners.add(gathered.tellMailboxes);
  for (const each of paths) account.watched.set(each, (account.watched.get(each) ?? 0) + 1);
  try {
    await watchNow(account, path, signal);
    keepWatch(account);
    if (!signal.aborted) request.onWatching?.();
    // An abort from here on is heard; one before made `watchNow` throw `cancelled` or is seen now.
    if (!signal.aborted) await untilEnd(account, signal);
  } catch (error) {
    if (!(error instanceof MailError) || error.code !== 'cancelled') throw error;
  } finally {
    account.listeners.delete(listen);
    account.mailboxListeners.delete(gathered.tellMailboxes);
    gathered.stop();
    for (const each of paths) leave(account, each);
    keepWatch(account);
  }
}

function leave(account: Account, path: string): void {
  const count = (account.watched.get(path) ?? 0) - 1;
  if (count > 0) account.watched.set(path, count);
  else account.watched.delete(path);
}
