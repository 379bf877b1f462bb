'use client';

import { PanelLeftClose, PanelLeftOpen, SquarePen } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Mark } from '@/components/ui/mark';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useIsUnited, useMailboxes, useSession } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import type { Account } from '@/lib/contract/operations';
import { AccountLine } from './account-line';
import type { MessageCommands } from './commands/use-commands';
import type { Runner } from './commands/use-runner';
import { FolderTree } from './folder-tree';
import { LabelList } from './label-list';
import { LiveFoot } from './live-foot';
import { useQuietMoment } from './quiet-moment';

/** Few people have several accounts; its room is kept while it comes. */
const AllInboxes = dynamic(() => import('./all-inboxes').then((module) => module.AllInboxes), {
  ssr: false,
  loading: () => <div className="mb-4 h-[34px] touch:h-11" />,
});
const OutboxEntry = dynamic(() => import('./outbox/outbox-entry').then((module) => module.OutboxEntry), { ssr: false });

/** Few people keep searches, too. */
const SavedSearches = dynamic(() => import('./searches/saved-searches').then((module) => module.SavedSearches), {
  ssr: false,
});

interface SidebarProps {
  commands: MessageCommands;
  run: Runner;
  isRail: boolean;
}

/** The folders of every account, with the name of the product above and the state of the connection below. */
export function Sidebar({ commands, run, isRail }: SidebarProps) {
  const app = useMail();
  const t = useTranslations('sidebar');
  const common = useTranslations('common');
  const { accounts, settings } = useSession();
  const { id: openId } = useAccount();
  const shownId = useIsUnited() ? null : openId;
  const isQuiet = useQuietMoment(false);
  const collapsed = useValue(app.device.collapsed);
  const foldOf = (id: string) => {
    if (accounts.length === 1) return undefined;
    const key = `account ${id}`;
    const toggle = (now: string[]) => (now.includes(key) ? now.filter((one) => one !== key) : [...now, key]);
    return { isOpen: !collapsed.includes(key), onToggle: () => app.device.collapsed.set(toggle) };
  };
  const toggleRail = () => app.device.isRail.set(!isRail);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div
        className={isRail ? 'flex flex-col items-center gap-1 pt-3 pb-2' : 'flex h-[52px] items-center gap-2 ps-5 pe-2'}
      >
        <Mark size={22} className="shrink-0 text-brass" />
        {!isRail && <span className="flex-1 font-semibold text-title">{common('product')}</span>}
        <IconButton
          size="small"
          className="max-[75rem]:hidden"
          label={t(isRail ? 'unrail' : 'rail')}
          keys="["
          icon={isRail ? <PanelLeftOpen size={17} /> : <PanelLeftClose size={17} />}
          onClick={toggleRail}
        />
      </div>
      {run.compose !== undefined && (
        <div className={isRail ? 'grid place-items-center pb-2' : 'px-2.5 pb-3'}>
          {isRail ? (
            <IconButton label={t('compose')} keys="c" icon={<SquarePen size={18} />} onClick={run.compose} />
          ) : (
            <Button look="primary" className="w-full" data-tip={t('compose')} data-tip-keys="c" onClick={run.compose}>
              <SquarePen size={16} /> {t('compose')}
            </Button>
          )}
        </div>
      )}
      <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pb-4">
        {accounts.length > 1 && <AllInboxes run={run} isRail={isRail} />}
        {accounts.map((account) => (
          <section key={account.id} aria-label={account.name === '' ? account.username : account.name} className="mb-4">
            <AccountLine
              account={account}
              isRail={isRail}
              isShown={account.id === shownId}
              run={run}
              fold={foldOf(account.id)}
            />
            {foldOf(account.id)?.isOpen !== false && (
              <>
                <Folders account={account} commands={commands} isRail={isRail} isShown={account.id === shownId} />
                {isQuiet && account.sending !== null && <OutboxEntry accountId={account.id} isRail={isRail} />}
                <LabelList account={account} isRail={isRail} isShown={account.id === shownId} />
              </>
            )}
          </section>
        ))}
        {settings.searches.length > 0 && <SavedSearches isRail={isRail} />}
      </div>
      <LiveFoot run={run} isRail={isRail} />
    </div>
  );
}

interface FoldersProps extends Pick<SidebarProps, 'commands' | 'isRail'> {
  account: Account;
  /** Its mail is on the screen. */
  isShown: boolean;
}

function Folders({ account, commands, isRail, isShown }: FoldersProps) {
  const { id: accountId } = account;
  const t = useTranslations('sidebar');
  const common = useTranslations('common');
  const { mailboxes, error, retry } = useMailboxes(accountId);
  if (mailboxes !== undefined) {
    return (
      <FolderTree accountId={accountId} mailboxes={mailboxes} commands={commands} isRail={isRail} isShown={isShown} />
    );
  }
  // Its line says what it waits for.
  if (error === null || account.problem === 'passwordRefused') return null;
  return (
    <div role="alert" className="px-2.5 py-2 text-ink-2 text-list">
      <p className="mb-2">{t('failed')}</p>
      <Button size="small" onClick={retry}>
        {common('retry')}
      </Button>
    </div>
  );
}
