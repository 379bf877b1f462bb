'use client';

import { Archive, CircleAlert, FolderInput, Mail, MailOpen, Star, Trash2, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { useMail } from '@/lib/client/app/context';
import { useCapabilities, useCurrentList, useSnapshot } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import { selectNone } from '@/lib/client/list/selection';
import type { MessageCommands } from './commands/use-commands';

/** What can be done with the chosen messages, in place of the list's title; and the way to all of them. */
export function SelectionBar({ commands }: { commands: MessageCommands }) {
  const app = useMail();
  const t = useTranslations('list');
  const can = useCapabilities();
  const selection = useValue(app.selection);
  const shown = useSnapshot(useCurrentList()?.store)?.shown;
  const total = shown?.count ?? 0;
  const count = selection.isAll ? total : selection.ids.size;
  const areAllRead = [...selection.ids].every(
    (id) => shown?.at(shown.indexOf(id))?.keywords.includes('$seen') !== false,
  );
  return (
    <div className="border-line border-b pb-1.5" role="toolbar" aria-label={t('selected', { count })}>
      <div className="flex min-h-9 items-center ps-2 pe-2">
        <IconButton
          size="small"
          label={t('clear')}
          icon={<X size={18} />}
          onClick={() => app.selection.set(selectNone)}
        />
        <p aria-live="polite" className="ms-1 min-w-0 flex-1 truncate font-semibold text-accent tabular-nums">
          {selection.isAll ? t('allSelected', { count }) : t('selected', { count })}
        </p>
        {can.move && (
          <IconButton
            size="small"
            label={t('archive')}
            keys="e"
            icon={<Archive size={17} />}
            onClick={() => commands.archive()}
          />
        )}
        {can.move && (
          <IconButton
            size="small"
            label={t('junk')}
            keys="!"
            icon={<CircleAlert size={17} />}
            onClick={() => commands.junk()}
            className="max-[24rem]:hidden"
          />
        )}
        <IconButton
          size="small"
          label={t('delete')}
          keys="#"
          icon={<Trash2 size={17} />}
          onClick={() => commands.delete()}
        />
        <IconButton
          size="small"
          label={t(areAllRead ? 'markUnread' : 'markRead')}
          icon={areAllRead ? <Mail size={17} /> : <MailOpen size={17} />}
          onClick={() => (areAllRead ? commands.markUnread() : commands.markRead())}
        />
        <IconButton
          size="small"
          label={t('flag')}
          keys="s"
          icon={<Star size={17} />}
          onClick={() => commands.flag()}
          className="max-[24rem]:hidden"
        />
        {can.move && (
          <IconButton
            size="small"
            label={t('move')}
            keys="v"
            icon={<FolderInput size={17} />}
            onClick={() => commands.move()}
          />
        )}
      </div>
    </div>
  );
}
