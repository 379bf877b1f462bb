import type { ParsedOf } from '../contract/operations.ts';
import type { MailDriver } from '../mail/driver.ts';
import { MailError } from '../mail/errors.ts';
import type { Mailbox } from '../mail/model.ts';

/** Renames, moves, then subscribes a mailbox as far as `change` asks, and gives it as it is afterwards. */
export async function updateMailbox(
  mail: MailDriver,
  mailboxId: string,
  change: ParsedOf<'updateMailbox', 'body'>,
): Promise<Mailbox> {
  const mailboxes = await mail.listMailboxes({ counts: false });
  const current = mailboxes.find((mailbox) => mailbox.id === mailboxId);
  if (current === undefined) throw new MailError('notFound', 'no such mailbox');
  const { name = current.name, parentId = current.parentId, isSubscribed } = change;
  const isMoved = name !== current.name || parentId !== current.parentId;
  const mailbox = isMoved ? await mail.renameMailbox({ mailboxId, name, parentId }) : current;
  if (isSubscribed === undefined || isSubscribed === mailbox.isSubscribed) return mailbox;
  await mail.subscribeMailbox({ mailboxId: mailbox.id, isSubscribed });
  return { ...mailbox, isSubscribed };
}
