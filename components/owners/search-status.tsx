'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { useAccount, useMailboxes } from '@/lib/client/app/hooks';
import { useValue } from '@/lib/client/app/value';
import type { SearchStore } from '@/lib/client/search/search-store';
import { useMailboxName } from './mailbox-name';

/** How far the search is, with Cancel; and what could not be searched whole. */
export function SearchStatus({ search }: { search: SearchStore }) {
  const t = useTranslations('search');
  const { isRunning, wasCancelled, done, total, incomplete } = useValue({
    get: search.getProgress,
    subscribe: search.subscribe,
  });
  const names = useNames(incomplete.map(({ mailboxId }) => mailboxId));
  const isCounted = total !== null && total > 1;
  if (isRunning) {
    return (
      <div className="flex items-center gap-3 border-b border-line px-4 py-1.5 text-ink-muted text-meta" role="status">
        <div className="min-w-0 flex-1">
          <p className="mb-1 tabular-nums">{isCounted ? t('progress', { done, total }) : t('searching')}</p>
          <Progress label={t('searching')} value={isCounted ? done : null} max={total ?? 1} />
        </div>
        <Button size="small" look="quiet" onClick={search.cancel}>
          {t('cancel')}
        </Button>
      </div>
    );
  }
  if (incomplete.length === 0 && !wasCancelled) return null;
  return (
    <p role="status" className="border-b border-line bg-brass-wash px-4 py-2 text-ink-2 text-meta">
      {wasCancelled && t('cancelled')}{' '}
      {incomplete.length > 0 && t('incomplete', { count: incomplete.length, names: names.join(', ') })}
    </p>
  );
}

function useNames(ids: readonly string[]): string[] {
  const { mailboxes } = useMailboxes(useAccount().id);
  const nameOf = useMailboxName();
  const known = mailboxes?.filter(({ id }) => ids.includes(id)) ?? [];
  return known.map(nameOf);
}
