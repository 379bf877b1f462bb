import { pop3MessageIdOf } from '../ids.ts';
import type { Pop3Account } from './account.ts';
import { mailboxKeyOf } from './mailboxes.ts';

/** The ids of the messages in a mailbox that have this Message-ID (without brackets), newest first, of what is known here. */
export async function findByMessageId(
  account: Pop3Account,
  { mailboxId, messageId }: { mailboxId: string; messageId: string },
): Promise<string[]> {
  const mailboxKey = await mailboxKeyOf(account, mailboxId);
  return (await account.store.findByMessageId(account.accountId, { mailboxKey, messageId })).map(pop3MessageIdOf);
}
