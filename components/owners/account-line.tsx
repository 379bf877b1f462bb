'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Avatar } from '@/components/ui/avatar';
import { useMenuButton } from '@/components/ui/menu';
import { keyOf } from '@/lib/client/keys/commands';
import type { Account } from '@/lib/contract/operations';
import { avatarOf } from '@/lib/text/initials';
import type { Runner } from './commands/use-runner';

/** Whose mail this is and over which protocol; opens the menu of the account. */
export function AccountLine({ account, isRail, run }: { account: Account; isRail: boolean; run: Runner }) {
  const t = useTranslations('sidebar');
  const { label, ...menu } = useMenuButton(t('account'), () => [
    ...(run.newFolder === undefined ? [] : [{ label: t('create'), onSelect: run.newFolder }]),
    ...(run.refresh === undefined ? [] : [{ label: t('check'), keys: keyOf('refresh'), onSelect: run.refresh }]),
    'separator' as const,
    ...(run.account === undefined ? [] : [{ label: t('whereMailIs'), onSelect: run.account }]),
    ...(run.goContacts === undefined
      ? []
      : [{ label: t('contacts'), keys: keyOf('goContacts'), onSelect: run.goContacts }]),
    ...(run.settings === undefined ? [] : [{ label: t('settings'), keys: ',', onSelect: run.settings }]),
    ...(run.shortcuts === undefined ? [] : [{ label: t('shortcuts'), keys: '?', onSelect: run.shortcuts }]),
    ...(run.protocol === undefined ? [] : [{ label: t('protocol'), onSelect: run.protocol }]),
    'separator' as const,
    ...(run.signOut === undefined ? [] : [{ label: t('signOut'), onSelect: run.signOut }]),
  ]);
  const { initials, hue } = avatarOf(null, account.username);
  return (
    <button
      type="button"
      {...menu}
      aria-label={`${label}: ${account.username}`}
      className={
        isRail
          ? 'mx-auto mb-2 block rounded-full'
          : 'mb-1 flex h-9 w-full items-center gap-2 rounded-[6px] px-2 text-start font-semibold text-ink-muted text-meta hover:bg-hover hover:text-ink aria-expanded:bg-press touch:h-11'
      }
    >
      <Avatar initials={initials} hue={hue} size={24} />
      {!isRail && (
        <>
          <span className="min-w-0 flex-1 truncate">{account.username}</span>
          <span className="shrink-0 rounded-[4px] border border-line px-1 text-[10px] leading-[14px] tracking-wide">
            {account.protocol.toUpperCase()}
          </span>
          <ChevronsUpDown size={13} className="shrink-0" />
        </>
      )}
    </button>
  );
}
