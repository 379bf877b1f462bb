import type { ListResponse, StatusQuery } from 'imapflow';
import type { CallOptions } from '../driver.ts';
import { asMailError, MailError } from '../errors.ts';
import type { Mailbox } from '../model.ts';
import { lineOf } from './connect.ts';
import type { Account } from './pool-types.ts';
import { translateMailboxes } from './translate-mailbox.ts';
import { withDeadline } from './wire.ts';
import { withConnection } from './with-imap.ts';

const statusQuery: StatusQuery = { messages: true, unseen: true };
const listMs = 30_000;
/** Counts are for the eye: what is not counted by then stays unknown. */
const countMs = 5_000;

/** Every mailbox with its role (SPECIAL-USE, RFC 6154, else by well-known names); counts by LIST-STATUS or STATUS. */
export async function listMailboxes(
  account: Account,
  { counts }: { counts: boolean },
  { signal }: CallOptions = {},
): Promise<Mailbox[]> {
  const listed = await withConnection(account, { mode: 'read', signal }, async (client) => {
    const isInline = counts && client.capabilities.has('LIST-STATUS');
    const entries = await withDeadline(client, listMs, client.list(isInline ? { statusQuery } : {}));
    return { entries, isInline, prefix: client.namespaces?.personal[0]?.prefix ?? '' };
  });
  if (counts && !listed.isInline) await countEach(account, listed.entries, signal);
  return translateMailboxes(listed.entries, listed, account.keeping);
}

/** STATUS of each (RFC 9051 §6.3.11), over as many connections as the pool lends, within the time that there is. */
async function countEach(account: Account, entries: ListResponse[], signal: AbortSignal | undefined): Promise<void> {
  const left = entries.filter(
    ({ path, flags }) => path === 'INBOX' || !(flags.has('\\Noselect') || flags.has('\\NonExistent')),
  );
  const until = Date.now() + countMs;
  const lanes = Array.from({ length: Math.min(2, left.length) }, () =>
    withConnection(account, { mode: 'read', signal }, async (client) => {
      for (let entry = left.shift(); entry && Date.now() < until; entry = left.shift()) {
        const status = await withDeadline(client, listMs, client.status(entry.path, statusQuery));
        if (status) entry.status = status;
      }
    }),
  );
  const failed = (await Promise.allSettled(lanes)).flatMap((lane) =>
    lane.status === 'rejected' ? asMailError(lane.reason) : [],
  );
  const fatal = failed.find(({ code }) => code === 'cancelled' || code === 'unauthenticated');
  if (fatal) throw fatal;
  if (failed.length > 0)
    account.log?.({ level: 'warn', msg: 'not every folder was counted', error: lineOf(failed[0]) });
}

/** The one mailbox of this path. Throws `notFound`. */
export async function findMailbox(account: Account, mailboxId: string, options: CallOptions = {}): Promise<Mailbox> {
  const found = (await listMailboxes(account, { counts: false }, options)).find(({ id }) => id === mailboxId);
  if (!found) throw new MailError('notFound', 'there is no such mailbox', { detail: mailboxId });
  return found;
}
