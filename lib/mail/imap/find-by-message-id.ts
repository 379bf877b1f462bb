import type { CallOptions } from '../driver.ts';
import { imapMessageIdOf, parseMailboxId } from '../ids.ts';
import type { Account } from './pool-types.ts';
import { searchUids } from './search-uids.ts';
import { atom, text } from './wire.ts';
import { refresh, withImap } from './with-imap.ts';

/** The ids of the messages in a mailbox that have this Message-ID (without brackets), newest first. */
export async function findByMessageId(
  account: Account,
  { mailboxId, messageId }: { mailboxId: string; messageId: string },
  { signal }: CallOptions = {},
): Promise<string[]> {
  const path = parseMailboxId(mailboxId);
  return await withImap(account, { mailbox: path, mode: 'read', signal }, async (selected) => {
    await refresh(selected);
    const uids = await searchUids(selected.client, [atom('HEADER'), text('Message-ID'), text(`<${messageId}>`)]);
    return uids.reverse().map((uid) => imapMessageIdOf({ path, uidValidity: selected.uidValidity, uid }));
  });
}
