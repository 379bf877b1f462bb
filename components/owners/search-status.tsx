'use client';

import { useTranslations } from 'use-intl';
import { Progress } from '@/components/ui/progress';
import { useAccount, useIsUnited, useMailboxes, useSession } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import type { SearchProgress, SearchStore } from '@/lib/client/search/search-store';
import { ownOf } from '@/lib/client/united/united-id';
import { accountName } from './account-of';
import { useMailboxName } from './mailbox-name';

const useProgress = (search: SearchStore): SearchProgress =>
  useValue({ get: search.getProgress, subscribe: search.subscribe });

/** How far the search is, with Cancel; then nothing but the order of what was found. */
export function SearchStrip({ search }: { search: SearchStore }) {
  const t = useTranslations('search');
  const { isRunning, done, total } = useProgress(search);
  const isCounted = total !== null && total > 1;
  // One POP3 mailbox is searched message by message.
  const { protocol } = useAccount();
  const counted = useIsUnited() ? 'progressAccounts' : protocol === 'pop3' ? 'progressMessages' : 'progress';
  if (!isRunning) return <span>{t('order')}</span>;
  return (
    <div role="status" className="flex min-w-0 flex-1 items-center gap-3">
      <span className="shrink-0 font-normal tabular-nums">
        {isCounted ? t(counted, { done, total }) : t('searching')}
      </span>
      <Progress label={t('searching')} value={isCounted ? done : null} max={total ?? 1} />
      <button
        type="button"
        onClick={search.cancel}
        className="relative -me-1 rounded-inner px-1 text-accent before:absolute before:-inset-3 hover:underline"
      >
        {t('cancel')}
      </button>
    </div>
  );
}

/** What the results leave out: stopped, or folders (of all accounts: accounts) that could not be searched whole. */
export function SearchGaps({ search }: { search: SearchStore }) {
  const t = useTranslations('search');
  const { isRunning, wasCancelled, incomplete, missing } = useProgress(search);
  const account = useAccount();
  const isUnited = useIsUnited();
  const { accounts } = useSession();
  const { mailboxes } = useMailboxes(account.id);
  const nameOf = useMailboxName();
  if (isRunning || (incomplete.length + missing.length === 0 && !wasCancelled)) return null;
  const ids = new Set(incomplete.map(({ mailboxId }) => mailboxId));
  const names = (mailboxes ?? []).filter(({ id }) => ids.has(id)).map(nameOf);
  const gaps = new Set([
    ...missing.map(({ accountId }) => accountId),
    ...[...ids].map((id) => ownOf(id, '').accountId),
  ]);
  const owners = accounts.filter(({ id }) => gaps.has(id)).map(accountName);
  const told = isUnited
    ? owners.length > 0 && t('incompleteAccounts', { names: owners.join(', ') })
    : ids.size > 0 && t('incomplete', { count: ids.size, names: names.join(', ') });
  return (
    <p role="status" className="border-line border-t bg-brass-wash px-4 py-2 text-ink-2 text-meta">
      {wasCancelled && t('cancelled')} {told}
    </p>
  );
}
