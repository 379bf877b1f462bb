'use client';

import { ChevronsUpDown, KeyRound } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Fold } from '@/components/parts/folder-row';
import { Avatar } from '@/components/ui/avatar';
import { classes } from '@/components/ui/classes';
import { type MenuEntry, useMenuButton } from '@/components/ui/menu';
import { useMail } from '@/lib/client/app/context';
import { keyOf } from '@/lib/client/keys/commands';
import { emptyLocation } from '@/lib/client/location';
import type { Account } from '@/lib/contract/operations';
import { avatarOf } from '@/lib/text/initials';
import { accountName } from './account-of';
import type { Runner } from './commands/use-runner';

interface AccountLineProps {
  account: Account;
  isRail: boolean;
  /** Its mail is on the screen. */
  isShown: boolean;
  run: Runner;
  /** Absent where it is the only one. */
  fold: { isOpen: boolean; onToggle: () => void } | undefined;
}

/** Whose mail this is and over which protocol. The shown one opens the menu of the account, another one its Inbox. */
export function AccountLine({ account, isRail, isShown, run, fold }: AccountLineProps) {
  const app = useMail();
  const t = useTranslations('sidebar');
  const { label, ...menu } = useMenuButton(t('account'), () => menuOf(run, t));
  const name = accountName(account);
  const { initials, hue } = avatarOf(null, name);
  const isClosed = account.problem === 'passwordRefused';
  const go = () => {
    app.drawer.set(false);
    if (isClosed) run.settings?.();
    else app.navigation.go({ ...emptyLocation, accountId: account.id });
  };
  const press = isShown && !isClosed ? menu : { onClick: go };
  return (
    <div className="relative mb-1 flex items-center">
      {fold !== undefined && !isRail && (
        <Fold depth={0} label={t(fold.isOpen ? 'fold' : 'unfold', { name })} {...fold} />
      )}
      <button
        type="button"
        {...press}
        aria-label={`${isShown ? label : t('openAccount')}: ${name}`}
        {...(isRail ? { 'data-tip': name } : {})}
        className={
          isRail
            ? 'mx-auto mb-1 block rounded-full'
            : classes(
                'flex h-9 min-w-0 flex-1 items-center gap-2 rounded-[6px] pe-2 text-start font-semibold text-ink-muted text-meta hover:bg-hover hover:text-ink aria-expanded:bg-press touch:h-11',
                fold === undefined ? 'ps-2' : 'ps-3.5',
              )
        }
      >
        <span className={classes('rounded-full', account.color !== null && `account-ring label-${account.color}`)}>
          <Avatar initials={initials} hue={hue} size={24} />
        </span>
        {!isRail && (
          <>
            <span className="min-w-0 flex-1">
              <span className="block truncate">{name}</span>
              {isClosed && <span className="block truncate font-normal text-danger">{t('needsPassword')}</span>}
            </span>
            {isClosed ? (
              <KeyRound size={14} className="shrink-0 text-danger" />
            ) : (
              <span className="shrink-0 rounded-[4px] border border-line px-1 text-[10px] leading-[14px] tracking-wide">
                {account.protocol.toUpperCase()}
              </span>
            )}
            {isShown && !isClosed && <ChevronsUpDown size={13} className="shrink-0" />}
          </>
        )}
      </button>
    </div>
  );
}

/** What the person can do beside their mail. */
export function menuOf(run: Runner, t: ReturnType<typeof useTranslations<'sidebar'>>): MenuEntry[] {
  const entry = (label: string, onSelect: (() => void) | undefined, keys?: string): MenuEntry[] =>
    onSelect === undefined ? [] : [{ label, onSelect, ...(keys === undefined ? {} : { keys }) }];
  return [
    ...entry(t('create'), run.newFolder),
    ...entry(t('check'), run.refresh, keyOf('refresh')),
    'separator',
    ...entry(t('whereMailIs'), run.account),
    ...entry(t('contacts'), run.goContacts, keyOf('goContacts')),
    ...entry(t('settings'), run.settings, ','),
    ...entry(t('shortcuts'), run.shortcuts, '?'),
    ...entry(t('protocol'), run.protocol),
    'separator',
    ...entry(t('signOut'), run.signOut),
  ];
}
