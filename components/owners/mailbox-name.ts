'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { Mailbox } from '@/lib/mail/model';

/** How a folder is called on the screen: the inbox in the person's language (servers say INBOX), others as they are. */
export function useMailboxName(): (mailbox: Pick<Mailbox, 'role' | 'name'>) => string {
  const t = useTranslations('sidebar.role');
  return useCallback((mailbox) => (mailbox.role === 'inbox' ? t('inbox') : mailbox.name), [t]);
}
