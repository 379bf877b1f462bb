'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { allInboxes } from '@/lib/client/united/united-id';
import type { Mailbox } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';

/** How a folder is called on the screen: the inbox in the person's language (servers say INBOX), others as they are, but in one line, one direction and to be seen. */
export function useMailboxName(): (mailbox: Pick<Mailbox, 'role' | 'name'> & { id?: string }) => string {
  const t = useTranslations('sidebar');
  return useCallback(
    ({ id, role, name }) => {
      if (id === allInboxes) return t('allInboxes');
      return role === 'inbox' ? t('role.inbox') : displayText(name) || t('unnamed');
    },
    [t],
  );
}
