'use client';

import { Archive, CircleAlert, Ellipsis, FolderInput, Mail, MailOpen, Tag, Trash2, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton, type IconButtonProps } from '@/components/ui/icon-button';
import { openMenu, warmMenu } from '@/components/ui/menu';
import { useMail } from '@/lib/client/app/context';
import { useCapabilities, useCurrentList, useMailbox, useMayLabel, useSnapshot } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import { selectNone } from '@/lib/client/list/selection';
import { isUnreadRow } from '@/lib/client/list/thread-row';
import type { MessageCommands } from './commands/use-commands';
import { useRowMenu } from './row-menu';

/** What can be done with the chosen messages, in place of the list's title. */
export function SelectionBar({ commands }: { commands: MessageCommands }) {
  const app = useMail();
  const t = useTranslations('list');
  const can = useCapabilities();
  const role = useMailbox()?.role;
  const mayLabel = useMayLabel();
  const rowMenu = useRowMenu(commands);
  const selection = useValue(app.selection);
  const shown = useSnapshot(useCurrentList()?.store)?.shown;
  const count = selection.isAll ? (shown?.count ?? 0) : selection.ids.size;
  const areAllRead = [...selection.ids].every((id) => {
    const row = shown?.at(shown.indexOf(id));
    return row === undefined || !isUnreadRow(row);
  });
  const tools: IconButtonProps[] = [
    { label: t('delete'), keys: '#', icon: <Trash2 size={17} />, onClick: () => commands.delete() },
    {
      label: t(areAllRead ? 'markUnread' : 'markRead'),
      keys: areAllRead ? 'Shift+u' : 'Shift+i',
      icon: areAllRead ? <Mail size={17} /> : <MailOpen size={17} />,
      onClick: () => (areAllRead ? commands.markUnread() : commands.markRead()),
      className: 'max-[30rem]:hidden',
    },
  ];
  if (can.move) {
    tools.unshift(
      { label: t('archive'), keys: 'e', icon: <Archive size={17} />, onClick: () => commands.archive() },
      {
        label: t(role === 'junk' ? 'notJunk' : 'junk'),
        keys: '!',
        icon: <CircleAlert size={17} />,
        onClick: () => commands.junk(),
        className: 'max-[30rem]:hidden',
      },
    );
    tools.push({ label: t('move'), keys: 'v', icon: <FolderInput size={17} />, onClick: () => commands.move() });
  }
  if (mayLabel) {
    tools.push({
      label: t('labels'),
      keys: 'l',
      icon: <Tag size={17} />,
      onClick: () => commands.label(),
      className: 'max-[30rem]:hidden',
    });
  }
  // "All N" is asked for when it is acted on; the menu then works on all of them too.
  const ids = selection.isAll ? undefined : [...selection.ids];
  return (
    <div
      role="toolbar"
      aria-label={t('selected', { count })}
      className="flex min-h-[43px] items-center border-line border-b ps-2 pe-2 pb-1.5 touch:min-h-[51px]"
    >
      <IconButton
        size="small"
        label={t('clear')}
        icon={<X size={18} />}
        onClick={() => app.selection.set(selectNone)}
      />
      <p aria-live="polite" className="ms-1 min-w-0 flex-1 truncate font-semibold text-accent tabular-nums">
        {selection.isAll ? t('allSelected', { count }) : t('selected', { count })}
      </p>
      {tools.map((tool) => (
        <IconButton key={tool.label} size="small" {...tool} />
      ))}
      <IconButton
        size="small"
        label={t('more')}
        icon={<Ellipsis size={18} />}
        aria-haspopup="menu"
        onPointerEnter={warmMenu}
        onClick={(event) => openMenu({ ...rowMenu(ids), anchor: event.currentTarget })}
      />
    </div>
  );
}
