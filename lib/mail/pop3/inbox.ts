import { MailError } from '../errors.ts';
import { mailboxIdOf } from '../ids.ts';
import type { Mailbox } from '../model.ts';

/** A maildrop is one mailbox; it has no name on the wire. */
export const inboxId = mailboxIdOf('INBOX');

/** Throws `notFound` for any mailbox but the Inbox. */
export function checkInbox(mailboxId: string): void {
  if (mailboxId !== inboxId) throw new MailError('notFound', 'POP3 has one mailbox', { detail: mailboxId });
}

/** The Inbox as it is listed; counts are null until known. */
export function inboxOf(counts: { total: number; unread: number } | null): Mailbox {
  return {
    id: inboxId,
    name: 'Inbox',
    path: 'Inbox',
    parentId: null,
    role: 'inbox',
    totalMessages: counts?.total ?? null,
    unreadMessages: counts?.unread ?? null,
    isSubscribed: true,
    isSelectable: true,
    rights: {
      maySetKeywords: true,
      mayAddItems: false,
      mayRemoveItems: true,
      mayCreateChild: false,
      mayRename: false,
      mayDelete: false,
    },
  };
}
