'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { Mailbox } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';

/** How a folder is called on the screen: the inbox in the person's language (servers say INBOX), others as they are, but in one line, one direction and to be seen. */
export function useMailboxName(): (mailbox: Pick<Mailbox, 'role' | 'name'>) => string {
  const t = useTranslations('sidebar');
  return useCallback(
    (mailbox) => (mailbox.role === 'inbox' ? t('role.inbox') : displayText(mailbox.name) || t('unnamed')),
    [t],
  );
}
