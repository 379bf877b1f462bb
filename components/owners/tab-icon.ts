'use client';

import { useEffect } from 'react';
import { useAccount, useInboxCounts, useIsUnited, useMailboxes } from '@/lib/client/app/hooks';

/** The icon of the tab has a dot while there is unread mail in the Inbox. */
export function useTabIcon(): void {
  const { mailboxes } = useMailboxes(useAccount().id);
  const isUnited = useIsUnited();
  const all = useInboxCounts(isUnited).unreadMessages;
  const own = mailboxes?.find(({ role }) => role === 'inbox')?.unreadMessages;
  const hasUnread = ((isUnited ? all : own) ?? 0) > 0;
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const href = hasUnread ? '/icon-unread.svg' : '/icon.svg';
    if (link !== null && link.getAttribute('href') !== href) link.href = href;
  }, [hasUnread]);
}
