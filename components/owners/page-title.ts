'use client';

import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { useAccount, useMailbox, useMailboxes, useMailLocation } from '@/lib/client/app/hooks';
import { useMailboxName } from './mailbox-name';
import { useShownLabel } from './shown-label';

/** What the tab tells: the folder, or the search, and how much is unread. */
export function usePageTitle(): string {
  const t = useTranslations('common');
  const mailbox = useMailbox();
  const nameOf = useMailboxName();
  const { query } = useMailLocation();
  const label = useShownLabel();
  const name = label !== undefined ? label.name : query !== '' ? query : mailbox === undefined ? null : nameOf(mailbox);
  const unread = mailbox?.unreadMessages ?? 0;
  const place = name === null ? t('product') : `${name} · ${t('product')}`;
  return unread > 0 && query === '' ? `(${unread}) ${place}` : place;
}

/** The icon of the tab has a dot while there is unread mail in the Inbox; an installed app has the number on its own. */
export function useTabIcon(): void {
  const { mailboxes } = useMailboxes(useAccount().id);
  const unread = mailboxes?.find(({ role }) => role === 'inbox')?.unreadMessages ?? 0;
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const href = unread > 0 ? '/icon-unread.svg' : '/icon.svg';
    if (link !== null && link.getAttribute('href') !== href) link.href = href;
    // What a browser cannot badge it need not.
    if ('setAppBadge' in navigator) navigator.setAppBadge(unread).catch(() => undefined);
  }, [unread]);
}
