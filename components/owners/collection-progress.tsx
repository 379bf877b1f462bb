'use client';

import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { useCollecting } from '@/lib/client/app/maildrop-query';
import type { Maildrop } from '@/lib/contract/maildrop';
import { RefusedMessages } from './refused-messages';
import { sentenceOf } from './sentence-of';

/** How far the collection is, with a way to stop it; at rest how much is kept, with a way to look again. */
export function CollectionProgress({ maildrop }: { maildrop: Maildrop }) {
  const t = useTranslations('account');
  const bar = useTranslations('collection');
  const { start, stop } = useCollecting();
  const words = useTranslations('actions');
  const { isRunning, done, total, problem } = maildrop.collection;
  const { onlyThere, refused } = maildrop;
  const missing = Math.max(0, onlyThere - refused.total);
  return (
    <section className="rounded-box border border-line bg-sunken px-4 py-3">
      <div className="flex min-h-9 items-center justify-between gap-3">
        <p role="status" className="min-w-0 text-list tabular-nums">
          {isRunning
            ? total === 0
              ? t('waiting')
              : bar('running', { done, total })
            : missing > 0
              ? t('notCollected', { count: missing })
              : t(refused.total > 0 ? 'collectedRest' : 'collected')}
        </p>
        {isRunning ? (
          <Button size="small" onClick={stop}>
            {bar('stop')}
          </Button>
        ) : (
          <Button size="small" onClick={start}>
            {t('collectNow')}
          </Button>
        )}
      </div>
      {!isRunning && problem !== null && (
        <p className="mt-1 text-ink-2 text-meta">{t('ended', { why: sentenceOf(words, problem).title })}</p>
      )}
      {!isRunning && <RefusedMessages refused={refused} />}
      {isRunning && (
        <div className="mt-2">
          <Progress label={bar('label')} value={total === 0 ? null : done} max={total} />
        </div>
      )}
    </section>
  );
}
