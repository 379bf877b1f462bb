'use client';

import { Archive, Mail, MailOpen, Trash2 } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { QuickActions } from '@/components/parts/quick-actions';
import { useCapabilities } from '@/lib/client/app/hooks';
import { isUnreadRow } from '@/lib/client/list/thread-row';
import type { MessageSummary } from '@/lib/mail/model';
import type { MessageCommands } from './commands/use-commands';
import { useRowMenu } from './row-menu';

/** The quick actions of a row: archive, delete, read or unread, more. */
export function useQuickActions(commands: MessageCommands): (row: MessageSummary) => ReactNode {
  const t = useTranslations('list');
  const can = useCapabilities();
  const rowMenu = useRowMenu(commands);
  return useCallback(
    (row) => {
      const ids = [row.id];
      const isRead = !isUnreadRow(row);
      const archive = {
        label: t('archive'),
        keys: 'e',
        icon: <Archive size={16} />,
        onPress: () => commands.archive(ids),
      };
      return (
        <QuickActions
          moreLabel={t('more')}
          more={() => rowMenu(ids).items}
          actions={[
            ...(can.move ? [archive] : []),
            {
              label: t('delete'),
              keys: '#',
              icon: <Trash2 size={16} />,
              onPress: () => commands.delete(ids),
            },
            {
              label: t(isRead ? 'markUnread' : 'markRead'),
              keys: isRead ? 'Shift+u' : 'Shift+i',
              icon: isRead ? <Mail size={16} /> : <MailOpen size={16} />,
              onPress: () => commands.toggleRead(ids),
            },
          ]}
        />
      );
    },
    [t, can, commands, rowMenu],
  );
}
