'use client';

import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { FolderIcon } from '@/components/parts/folder-row';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { LabelDot } from '@/components/ui/label-dot';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useMailboxes, useSettings } from '@/lib/client/app/hooks';
import { commands } from '@/lib/client/keys/commands';
import { labelQuery } from '@/lib/client/labels/query';
import type { SavedSearch } from '@/lib/contract/answers';
import { goToMailbox, goToSearch, type Runner } from './commands/use-runner';
import { useMailboxName } from './mailbox-name';
import { useSavedPlace, useSavedSearches } from './searches/use-saved';

export const paletteField =
  'h-12 w-full border-line border-b bg-transparent px-4 text-read text-ink outline-none placeholder:text-ink-muted touch:text-title';
export const paletteRow =
  'flex h-9 cursor-pointer items-center gap-3 rounded-inner px-2.5 text-list data-[selected=true]:bg-hover touch:h-11';
export const paletteGroup =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-meta [&_[cmdk-group-heading]]:text-ink-muted';

/** Every command that can be done now, with its key, and every folder; by typing. */
export function CommandPalette({ run, onClose }: { run: Runner; onClose: () => void }) {
  const app = useMail();
  const t = useTranslations('keys');
  const account = useAccount();
  const { mailboxes } = useMailboxes(account.id);
  const { labels } = useSettings();
  const searches = useSavedSearches();
  const inbox = mailboxes?.find(({ role }) => role === 'inbox');
  const nameOf = useMailboxName();
  const choose = (work: () => void) => {
    onClose();
    // After the dialog has given the focus back, so that the command may take it.
    requestAnimationFrame(work);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('palette')}
      kind="bare"
      className="mt-[12vh] mb-auto max-w-[min(36rem,calc(100vw-2rem))]"
    >
      <Command label={t('palette')} loop>
        <Command.Input data-autofocus="" placeholder={t('palettePlaceholder')} className={paletteField} />
        <Command.List className="max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-ink-muted">{t('paletteNone')}</Command.Empty>
          {(['act', 'list', 'go', 'view'] as const).map((group) => (
            <Command.Group key={group} heading={t(`groups.${group}`)} className={paletteGroup}>
              {commands.map(({ id, group: own, keys }) => {
                const work = run[id];
                if (own !== group || work === undefined || id === 'palette') return null;
                return (
                  <Command.Item
                    key={id}
                    value={t(`commands.${id}`)}
                    onSelect={() => choose(work)}
                    className={paletteRow}
                  >
                    <span className="flex-1">{t(`commands.${id}`)}</span>
                    {keys[0] !== undefined && <Kbd keys={keys[0]} className="text-ink-muted" />}
                  </Command.Item>
                );
              })}
            </Command.Group>
          ))}
          <Command.Group heading={t('folders')} className={paletteGroup}>
            {mailboxes
              ?.filter(({ isSelectable }) => isSelectable)
              .map((mailbox) => (
                <Command.Item
                  key={mailbox.id}
                  value={`${t('goTo', { name: mailbox.path })} ${mailbox.id}`}
                  keywords={[mailbox.path]}
                  onSelect={() => choose(() => goToMailbox(app, account.id, mailbox.id))}
                  className={paletteRow}
                >
                  <FolderIcon role={mailbox.role} size={16} />
                  <span className="min-w-0 flex-1 truncate">
                    {mailbox.role === 'inbox' ? nameOf(mailbox) : mailbox.path}
                  </span>
                </Command.Item>
              ))}
          </Command.Group>
          {labels.length > 0 && inbox !== undefined && (
            <Command.Group heading={t('labels')} className={paletteGroup}>
              {labels.map((label) => (
                <Command.Item
                  key={label.keyword}
                  value={t('goToLabel', { name: label.name })}
                  onSelect={() => choose(() => goToSearch(app, account.id, inbox.id, labelQuery(label)))}
                  className={paletteRow}
                >
                  <LabelDot color={label.color} size={16} />
                  <bdi className="min-w-0 flex-1 truncate">{label.name}</bdi>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {searches.length > 0 && (
            <Command.Group heading={t('searches')} className={paletteGroup}>
              {searches.map((saved) => (
                <SearchItem key={saved.id} saved={saved} choose={choose} />
              ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function SearchItem({ saved, choose }: { saved: SavedSearch; choose: (work: () => void) => void }) {
  const t = useTranslations('keys');
  const found = useSavedPlace(saved);
  if (found === null) return null;
  return (
    <Command.Item
      value={`${t('goToSearch', { name: saved.name })} ${saved.id}`}
      keywords={[saved.query]}
      onSelect={() => choose(found.go)}
      className={paletteRow}
    >
      <Search size={16} strokeWidth={1.6} className="shrink-0" aria-hidden="true" />
      <bdi className="min-w-0 flex-1 truncate">{saved.name}</bdi>
    </Command.Item>
  );
}
