'use client';

import { Download } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { useMail } from '@/lib/client/app/context';
import { useAccount } from '@/lib/client/app/hooks';
import { useCollecting, useMaildrop } from '@/lib/client/app/maildrop-query';
import { refreshShown } from './live';

/** So few are over before anybody has read the bar. */
const worthTelling = 10;

/** Collects a maildrop when it is opened. Meanwhile: how far it is, above the list. */
export function CollectionBar() {
  const t = useTranslations('collection');
  const { maildrop } = useMaildrop();
  const { stop } = useCollecting();
  useCollectionAtOpening(maildrop?.collection.isRunning ?? false);
  if (maildrop === undefined) return null;
  const { isRunning, done, total } = maildrop.collection;
  if (!isRunning || total - done < worthTelling) return null;
  return (
    <div className="border-line border-b bg-sunken px-4 py-2">
      <div className="mb-1.5 flex items-center gap-2.5 text-ink-2 text-list">
        <Download size={16} aria-hidden="true" className="shrink-0" />
        <p role="status" className="min-w-0 flex-1 truncate tabular-nums">
          {t('running', { done, total })}
        </p>
        <Button size="small" look="quiet" onClick={stop}>
          {t('stop')}
        </Button>
      </div>
      <Progress label={t('label')} value={done} max={total} />
    </div>
  );
}

/** When it has ended, the rows on the screen are read again: more is known of them now. */
function useCollectionAtOpening(isRunning: boolean): void {
  const app = useMail();
  const { id: accountId, protocol } = useAccount();
  const { start } = useCollecting();
  useEffect(() => {
    if (protocol === 'pop3') start();
  }, [protocol, start]);
  useEffect(() => {
    if (!isRunning) return;
    return () => refreshShown(app, accountId);
  }, [app, accountId, isRunning]);
}
