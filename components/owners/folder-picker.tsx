'use client';

import { Command } from 'cmdk';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { FolderIcon } from '@/components/parts/folder-row';
import { Dialog } from '@/components/ui/dialog';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useMailboxes } from '@/lib/client/app/hooks';
import type { Overlay } from '@/lib/client/app/mail-app';
import { findFolders } from '@/lib/client/mailboxes/find-folder';
import { buildTree, visibleNodes } from '@/lib/client/mailboxes/tree';
import type { Mailbox } from '@/lib/mail/model';
import { paletteField, paletteRow } from './command-palette';
import { goToMailbox } from './commands/use-runner';
import { useMailboxName } from './mailbox-name';

type PickerOverlay = Extract<Overlay, { type: 'move' | 'copy' | 'goFolder' }>;
const titles = { move: 'pickMove', copy: 'pickCopy', goFolder: 'pickGo' } as const;

/** Chooses a folder by typing: to move or copy to it, or to go there. */
export function FolderPicker({ overlay, onClose }: { overlay: PickerOverlay; onClose: () => void }) {
  const app = useMail();
  const t = useTranslations('folders');
  const account = useAccount();
  const { mailboxes } = useMailboxes(account.id);
  const nameOf = useMailboxName();
  const [typed, setTyped] = useState('');
  const isFiling = overlay.type !== 'goFolder';
  const from = isFiling ? overlay.from : null;
  const ordered = visibleNodes(buildTree(mailboxes ?? []), new Set()).map(({ mailbox }) => mailbox);
  const fit = (mailbox: Mailbox) =>
    mailbox.isSelectable && mailbox.id !== from && (!isFiling || mailbox.rights.mayAddItems);
  const choose = (mailbox: Mailbox) => {
    onClose();
    if (overlay.type === 'goFolder') goToMailbox(app, account.id, mailbox.id);
    else overlay.onChosen(mailbox);
  };
  const title = t(titles[overlay.type]);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      kind="bare"
      className="mt-[12vh] mb-auto max-w-[min(28rem,calc(100vw-2rem))]"
    >
      <Command label={title} shouldFilter={false} loop>
        <Command.Input
          data-autofocus=""
          value={typed}
          onValueChange={setTyped}
          placeholder={`${title} ${t('pickPlaceholder')}`}
          className={paletteField}
        />
        <Command.List className="max-h-[min(22rem,60dvh)] overflow-y-auto overscroll-contain p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-ink-muted">{t('pickNone')}</Command.Empty>
          {findFolders(ordered.filter(fit), typed).map((mailbox) => (
            <Command.Item key={mailbox.id} value={mailbox.id} onSelect={() => choose(mailbox)} className={paletteRow}>
              <FolderIcon role={mailbox.role} size={16} />
              <bdi className="min-w-0 truncate">{nameOf(mailbox)}</bdi>
              <bdi className="min-w-0 flex-1 truncate text-end text-ink-muted text-meta">
                {mailbox.path === mailbox.name ? '' : mailbox.path.slice(0, -mailbox.name.length).replace(/ \/ $/, '')}
              </bdi>
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
