'use client';

import { Command } from 'cmdk';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { FolderIcon } from '@/components/parts/folder-row';
import { Dialog } from '@/components/ui/dialog';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useMailboxes, useSession } from '@/lib/client/app/hooks';
import type { Overlay } from '@/lib/client/app/mail-app';
import { findFolders } from '@/lib/client/mailboxes/find-folder';
import { buildTree, visibleNodes } from '@/lib/client/mailboxes/tree';
import type { Account } from '@/lib/contract/operations';
import type { Mailbox } from '@/lib/mail/model';
import { accountName } from './account-of';
import { paletteField, paletteGroup, paletteRow } from './command-palette';
import { goToMailbox } from './commands/use-runner';
import { useMailboxName } from './mailbox-name';

type PickerOverlay = Extract<Overlay, { type: 'move' | 'copy' | 'goFolder' }>;
const titles = { move: 'pickMove', copy: 'pickCopy', goFolder: 'pickGo' } as const;

/** Chooses a folder by typing: to move or copy to it, or to go there. */
export function FolderPicker({ overlay, onClose }: { overlay: PickerOverlay; onClose: () => void }) {
  const app = useMail();
  const t = useTranslations('folders');
  const isFiling = overlay.type !== 'goFolder';
  const shownId = useAccount().id;
  const accountId = isFiling ? overlay.accountId : shownId;
  const { mailboxes } = useMailboxes(accountId);
  const [typed, setTyped] = useState('');
  const from = isFiling ? overlay.from : null;
  const ordered = visibleNodes(buildTree(mailboxes ?? []), new Set()).map(({ mailbox }) => mailbox);
  const fit = (mailbox: Mailbox) =>
    mailbox.isSelectable && mailbox.id !== from && (!isFiling || mailbox.rights.mayAddItems);
  const choose = (mailbox: Mailbox) => {
    onClose();
    if (overlay.type === 'goFolder') goToMailbox(app, accountId, mailbox.id);
    else overlay.onChosen(mailbox, accountId);
  };
  const { accounts } = useSession();
  const others = overlay.type === 'move' ? accounts.filter(({ id }) => id !== accountId) : [];
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
            <FolderItem key={mailbox.id} accountId={accountId} mailbox={mailbox} onSelect={() => choose(mailbox)} />
          ))}
          {others.map((other) => (
            <OtherFolders
              key={other.id}
              account={other}
              typed={typed}
              onChoose={(mailbox) => {
                onClose();
                if (overlay.type === 'move') overlay.onChosen(mailbox, other.id);
              }}
            />
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}

/** The folders of another account, which mail can be moved to. */
function OtherFolders({
  account,
  typed,
  onChoose,
}: {
  account: Account;
  typed: string;
  onChoose: (mailbox: Mailbox) => void;
}) {
  const { mailboxes } = useMailboxes(account.id);
  const ordered = visibleNodes(buildTree(mailboxes ?? []), new Set()).map(({ mailbox }) => mailbox);
  const found = findFolders(
    ordered.filter(({ isSelectable, rights }) => isSelectable && rights.mayAddItems),
    typed,
  );
  if (found.length === 0) return null;
  return (
    <Command.Group heading={accountName(account)} className={paletteGroup}>
      {found.map((mailbox) => (
        <FolderItem key={mailbox.id} accountId={account.id} mailbox={mailbox} onSelect={() => onChoose(mailbox)} />
      ))}
    </Command.Group>
  );
}

/** Two accounts may have the same id for a folder. */
function FolderItem({ accountId, mailbox, onSelect }: { accountId: string; mailbox: Mailbox; onSelect: () => void }) {
  const nameOf = useMailboxName();
  return (
    <Command.Item value={`${accountId} ${mailbox.id}`} onSelect={onSelect} className={paletteRow}>
      <FolderIcon role={mailbox.role} size={16} />
      <bdi className="min-w-0 truncate">{nameOf(mailbox)}</bdi>
      <bdi className="min-w-0 flex-1 truncate text-end text-ink-muted text-meta">
        {mailbox.path === mailbox.name ? '' : mailbox.path.slice(0, -mailbox.name.length).replace(/ \/ $/, '')}
      </bdi>
    </Command.Item>
  );
}
