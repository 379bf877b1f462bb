'use client';

import { useTranslations } from 'use-intl';
import { Progress } from '@/components/ui/progress';
import { useAccount, useMailboxes } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import type { SearchProgress, SearchStore } from '@/lib/client/search/search-store';
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
  if (!isRunning) return <span>{t('order')}</span>;
  return (
    <div role="status" className="flex min-w-0 flex-1 items-center gap-3">
      <span className="shrink-0 font-normal tabular-nums">
        {isCounted ? t(protocol === 'pop3' ? 'progressMessages' : 'progress', { done, total }) : t('searching')}
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

/** What the results leave out: stopped, or folders that could not be searched whole. */
export function SearchGaps({ search }: { search: SearchStore }) {
  const t = useTranslations('search');
  const { isRunning, wasCancelled, incomplete } = useProgress(search);
  const { mailboxes } = useMailboxes(useAccount().id);
  const nameOf = useMailboxName();
  if (isRunning || (incomplete.length === 0 && !wasCancelled)) return null;
  const ids = new Set(incomplete.map(({ mailboxId }) => mailboxId));
  const names = (mailboxes ?? []).filter(({ id }) => ids.has(id)).map(nameOf);
  return (
    <p role="status" className="border-line border-t bg-brass-wash px-4 py-2 text-ink-2 text-meta">
      {wasCancelled && t('cancelled')} {ids.size > 0 && t('incomplete', { count: ids.size, names: names.join(', ') })}
    </p>
  );
}
