'use client';

import { useTranslations } from 'use-intl';
import { useMailbox, useMailLocation } from '@/lib/client/app/hooks';
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
