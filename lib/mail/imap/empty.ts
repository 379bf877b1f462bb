import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseMailboxId } from '../ids.ts';
import { findMailbox } from './mailboxes.ts';
import type { Account } from './pool-types.ts';
import { removeForGood } from './remove.ts';
import { searchUids } from './search-uids.ts';
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
  return await withImap(account, { mailbox: path, mode: 'repeatable', signal }, async (selected) => {
    await refresh(selected);
    const uids = await searchUids(selected.client, [atom('ALL')]);
    if (uids.length > 0) await removeForGood(selected.client, uids);
    return { destroyed: uids.length };
  });
}
