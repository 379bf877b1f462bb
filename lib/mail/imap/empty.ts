import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseMailboxId } from '../ids.ts';
import { findMailbox } from './mailboxes.ts';
import type { Account } from './pool-types.ts';
import { removeForGood } from './remove.ts';
import { searchUids } from './search-uids.ts';
import { existing } from './store.ts';
import { atom } from './wire.ts';
import { refresh, withImap } from './with-imap.ts';

/** Removes for good what is in Trash or Junk at this moment; mail that comes meanwhile stays. `invalid` elsewhere. */
export async function emptyMailbox(
  account: Account,
  mailboxId: string,
  { signal }: CallOptions = {},
): Promise<{ destroyed: number }> {
  const path = parseMailboxId(mailboxId);
  const { role } = await findMailbox(account, mailboxId, { ...(signal ? { signal } : {}) });
  if (role !== 'trash' && role !== 'junk')
    throw new MailError('invalid', 'only Trash and Junk are emptied', { detail: 'mailboxId' });
  let named: { uidValidity: number; uids: number[] } | null = null;
  return await withImap(account, { mailbox: path, mode: 'repeatable', signal }, async (selected) => {
    await refresh(selected);
    const { client, uidValidity } = selected;
    // A second try, after a lost connection, takes no more than the first one named.
    named ??= { uidValidity, uids: await searchUids(client, [atom('ALL')]) };
    if (named.uidValidity !== uidValidity) throw new MailError('stale', 'the mailbox has begun anew since');
    const uids = selected.isRetry ? await existing(selected, named.uids) : named.uids;
    if (uids.length > 0) await removeForGood(client, uids);
    return { destroyed: named.uids.length };
  });
}
