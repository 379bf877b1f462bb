import { mailboxIdOf, parseMailboxId } from '../ids.ts';
import type { MailboxChange } from '../model.ts';
import type { Account } from './pool-types.ts';
import { withImap } from './with-imap.ts';

/** Tells changes of the mailbox and of the Inbox until the signal aborts. */
export async function watch(
  account: Account,
  request: { mailboxId: string | null; onChange: (change: MailboxChange) => void },
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const path = request.mailboxId === null ? 'INBOX' : parseMailboxId(request.mailboxId);
  const wanted = new Set([mailboxIdOf('INBOX'), mailboxIdOf(path)]);
  const listen = (change: MailboxChange) => {
    if (wanted.has(change.mailboxId)) request.onChange(change);
  };
  account.listeners.add(listen);
  try {
    await withImap(account, { mailbox: path, mode: 'read', signal }, async () => undefined);
    await new Promise<void>((resolve) =>
      signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
    );
  } finally {
    account.listeners.delete(listen);
  }
}
