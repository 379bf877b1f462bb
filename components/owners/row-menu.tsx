'use client';

import { Archive, CircleAlert, Copy, FolderInput, Mail, MailOpen, Star, Tag, Trash2 } from 'lucide-react';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import type { MenuEntry } from '@/components/ui/menu';
import { useMail } from '@/lib/client/app/context';
import { useCapabilities, useMailbox, useMayLabel } from '@/lib/client/app/hooks';
import { conversationsOf, currentIds } from './commands/subject';
import type { MessageCommands } from './commands/use-commands';

/** The menu of one or many messages (without ids: of what is chosen): the context menu of the list, and More. */
export function useRowMenu(
  commands: MessageCommands,
): (ids?: readonly string[]) => { label: string; items: MenuEntry[] } {
  const app = useMail();
  const t = useTranslations('list');
  const can = useCapabilities();
  const mayLabel = useMayLabel();
  const role = useMailbox()?.role;
  return useCallback(
    (ids) => {
      const rows = conversationsOf(app, ids ?? currentIds(app)).flatMap(({ subject }) => [...subject.rows.values()]);
      const isRead = rows.every((row) => row.keywords.includes('$seen'));
      const isFlagged = rows.every((row) => row.keywords.includes('$flagged'));
      const filing: MenuEntry[] = [
        { label: t('archive'), keys: 'e', icon: <Archive size={16} />, onSelect: () => commands.archive(ids) },
        {
          label: t(role === 'junk' ? 'notJunk' : 'junk'),
          keys: '!',
          icon: <CircleAlert size={16} />,
          onSelect: () => commands.junk(ids),
        },
        { label: t('move'), keys: 'v', icon: <FolderInput size={16} />, onSelect: () => commands.move(ids) },
      ];
      const copying: MenuEntry[] = [{ label: t('copy'), icon: <Copy size={16} />, onSelect: () => commands.copy(ids) }];
      const labelling: MenuEntry[] = [
        { label: t('labels'), keys: 'l', icon: <Tag size={16} />, onSelect: () => commands.label(ids) },
      ];
      return {
        label: t('more'),
        items: [
          isRead
            ? {
                label: t('markUnread'),
                keys: 'Shift+u',
                icon: <Mail size={16} />,
                onSelect: () => commands.markUnread(ids),
              }
            : {
                label: t('markRead'),
                keys: 'Shift+i',
                icon: <MailOpen size={16} />,
                onSelect: () => commands.markRead(ids),
              },
          {
            label: t(isFlagged ? 'unflag' : 'flag'),
            keys: 's',
            icon: <Star size={16} />,
            onSelect: () => commands.flag(ids),
          },
          ...(mayLabel ? labelling : []),
          'separator',
          ...(can.move ? filing : []),
          ...(can.copy ? copying : []),
          ...(can.move || can.copy ? (['separator'] as const) : []),
          {
            label: t(role === 'trash' ? 'deleteForGood' : 'delete'),
            keys: '#',
            icon: <Trash2 size={16} />,
            isDestructive: true,
            onSelect: () => commands.delete(ids),
          },
        ],
      };
    },
    [app, t, can, mayLabel, role, commands],
  );
}
