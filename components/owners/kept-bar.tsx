'use client';

import { ServerOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { type CurrentList, useSnapshot } from '@/lib/client/app/hooks';
import { sentenceOf } from './action-reports';

/**
 * Says that the rows are those kept here, since the mail server cannot be asked, and asks it again; or that an order or
 * filter is not whole yet.
 */
export function KeptBar({ list }: { list: CurrentList }) {
  const t = useTranslations('list');
  const words = useTranslations('actions');
  const common = useTranslations('common');
  const shown = useSnapshot(list.store)?.list;
  const problem = shown?.problem ?? null;
  if (problem === null && shown?.isPartial === true)
    return (
      <p role="status" className="border-line border-b bg-sunken px-4 py-2 text-ink-2 text-list">
        {t('partial')}
      </p>
    );
  if (problem === null) return null;
  return (
    <div className="flex items-center gap-2.5 border-line border-b bg-brass-wash px-4 py-2 text-ink-2 text-list">
      <ServerOff size={16} aria-hidden="true" className="shrink-0 text-brass-ink" />
      <p role="status" className="min-w-0 flex-1">
        {t('kept', { why: sentenceOf(words, problem).title })}
      </p>
      <Button size="small" look="quiet" onClick={() => list.store.refresh()}>
        {common('retry')}
      </Button>
    </div>
  );
}
