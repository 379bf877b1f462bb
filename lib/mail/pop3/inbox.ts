import { mailboxIdOf } from '../ids.ts';
import type { Mailbox } from '../model.ts';

/** The maildrop as a mailbox; it has no name on the wire. All other mailboxes live here. */
export const inboxKey = 'INBOX';
export const inboxId = mailboxIdOf(inboxKey);

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
      mayMakeKeywords: true,
      mayAddItems: true,
      mayRemoveItems: true,
      mayCreateChild: false,
      mayRename: false,
      mayDelete: false,
    },
  };
}
