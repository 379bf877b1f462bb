'use client';

import {
  ALargeSmall,
  Archive,
  CircleAlert,
  Copy,
  ExternalLink,
  FileCode2,
  FilePlus2,
  FolderInput,
  Forward,
  Mail,
  MailOpen,
  Paperclip,
  PencilLine,
  Printer,
  Reply,
  ReplyAll,
  Star,
  Tag,
  Trash2,
} from 'lucide-react';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { MenuEntry } from '@/components/ui/menu';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useCapabilities, useMailbox, useMayLabel } from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import { keyOf } from '@/lib/client/keys/commands';
import { isFlaggedRow, isUnreadRow } from '@/lib/client/list/thread-row';
import { formatLocation } from '@/lib/client/location';
import { textSizes } from '@/lib/client/reader/reading';
import type { MessageSummary } from '@/lib/mail/model';
import { composeAbout } from './commands/compose';
import type { MessageCommands } from './commands/use-commands';
import type { Runner } from './commands/use-runner';
import type { ReaderTool } from './reader-props';

/** The tools above an open message, of what this account can do. */
export function useReaderTools(
  commands: MessageCommands,
  run: Runner,
  messageId: string | null,
  flags: MessageSummary | undefined,
): { tools: ReaderTool[][]; more: MenuEntry[] } {
  const app = useMail();
  const t = useTranslations('list');
  const can = useCapabilities();
  const role = useMailbox()?.role;
  const accountId = useAccount().id;
  const mayLabel = useMayLabel();
  return useMemo(() => {
    if (messageId === null) return { tools: [], more: [] };
    const ids = [messageId];
    const isRead = flags === undefined || !isUnreadRow(flags);
    const isFlagged = flags !== undefined && isFlaggedRow(flags);
    const icon = (Icon: typeof Archive) => <Icon size={18} strokeWidth={1.7} />;
    const archive = {
      label: t('archive'),
      keys: keyOf('archive'),
      icon: icon(Archive),
      isPrimary: true,
      onPress: () => commands.archive(ids),
    };
    const junk = {
      label: t(role === 'junk' ? 'notJunk' : 'junk'),
      keys: keyOf('junk'),
      icon: icon(CircleAlert),
      onPress: () => commands.junk(ids),
    };
    const remove = {
      label: t(role === 'trash' ? 'deleteForGood' : 'delete'),
      keys: keyOf('delete'),
      icon: icon(Trash2),
      isPrimary: true,
      isDestructive: role === 'trash',
      onPress: () => commands.delete(ids),
    };
    const unread = {
      label: t(isRead ? 'markUnread' : 'markRead'),
      keys: keyOf(isRead ? 'markUnread' : 'markRead'),
      icon: icon(isRead ? Mail : MailOpen),
      isPrimary: true,
      onPress: () => {
        if (!isRead) return commands.markRead(ids);
        commands.markUnread(ids);
        if (window.matchMedia('(width < 48rem)').matches) app.navigation.go({ messageId: null });
      },
    };
    const flag = {
      label: t(isFlagged ? 'unflag' : 'flag'),
      keys: keyOf('flag'),
      icon: <Star size={18} strokeWidth={1.7} className={isFlagged ? 'fill-brass text-brass' : ''} />,
      isOn: isFlagged,
      onPress: () => commands.flag(ids),
    };
    const move = { label: t('move'), keys: keyOf('move'), icon: icon(FolderInput), onPress: () => commands.move(ids) };
    const label = { label: t('labels'), keys: keyOf('label'), icon: icon(Tag), onPress: () => commands.label(ids) };
    const isDraft = flags?.keywords.includes('$draft') === true || role === 'drafts';
    const write = (name: 'reply' | 'replyAll' | 'forward', Icon: typeof Archive, isPrimary: boolean): ReaderTool[] => {
      const onPress = run[name];
      return onPress === undefined ? [] : [{ label: t(name), keys: keyOf(name), icon: icon(Icon), isPrimary, onPress }];
    };
    const edit: ReaderTool = {
      label: t('editDraft'),
      icon: icon(PencilLine),
      isPrimary: true,
      onPress: () => void composeAbout(app, accountId, 'draft', messageId),
    };
    const canSend = run.reply !== undefined;
    const writing = isDraft
      ? canSend
        ? [edit]
        : []
      : [...write('reply', Reply, true), ...write('replyAll', ReplyAll, false), ...write('forward', Forward, false)];
    const copy = { label: t('copy'), icon: <Copy size={16} />, onSelect: () => commands.copy(ids) };
    return {
      tools: [
        writing,
        can.move ? [archive, junk, remove] : [remove],
        [unread, flag, ...(mayLabel ? [label] : []), ...(can.move ? [move] : [])],
      ],
      more: [
        ...(can.copy ? [copy] : []),
        ...(run.forwardAttached === undefined || run.editAsNew === undefined || isDraft
          ? []
          : [
              {
                label: t('writeFrom'),
                icon: <PencilLine size={16} />,
                items: [
                  { label: t('forwardAttached'), icon: <Paperclip size={16} />, onSelect: run.forwardAttached },
                  { label: t('editAsNew'), icon: <FilePlus2 size={16} />, onSelect: run.editAsNew },
                ],
              },
            ]),
        ...(run.original === undefined || run.print === undefined
          ? []
          : [
              'separator' as const,
              { label: t('print'), icon: <Printer size={16} />, keys: keyOf('print'), onSelect: run.print },
              { label: t('original'), icon: <FileCode2 size={16} />, onSelect: run.original },
              {
                label: t('openInTab'),
                icon: <ExternalLink size={16} />,
                href: formatLocation(app.navigation.get()),
              },
              { label: t('textSize'), icon: <ALargeSmall size={16} />, items: textSizeItems(app, t) },
            ]),
      ],
    };
  }, [app, t, can, mayLabel, role, accountId, messageId, flags, commands, run]);
}

function textSizeItems(app: MailApp, t: ReturnType<typeof useTranslations<'list'>>): MenuEntry[] {
  return textSizes.map((size) => ({
    label: t(`textSizes.${size}`),
    isChecked: app.device.textSize.get() === size,
    onSelect: () => app.device.textSize.set(size),
  }));
}
