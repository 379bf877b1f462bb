'use client';

import { Download } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useIsUnited, useSession } from '@/lib/client/app/hooks';
import { changeCollection, useCollecting, useMaildrop } from '@/lib/client/app/maildrop-query';
import { refreshShown } from './live';

/** So few are over before anybody has read the bar. */
const worthTelling = 10;

/** Collects a maildrop when it is opened. Meanwhile: how far it is, above the list. */
export function CollectionBar() {
  const t = useTranslations('collection');
  const { maildrop } = useMaildrop();
  const { stop } = useCollecting();
  useCollectionAtOpening(maildrop?.collection.isRunning ?? false);
  const isUnited = useIsUnited();
  if (maildrop === undefined || isUnited) return null;
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

/** Among all accounts, those over POP3 are. When it has ended, the rows on the screen are read again: more is known of them now. */
function useCollectionAtOpening(isRunning: boolean): void {
  const app = useMail();
  const { id: accountId } = useAccount();
  const isUnited = useIsUnited();
  const shown = useSession().accounts.filter(
    ({ id, protocol }) => protocol === 'pop3' && (isUnited || id === accountId),
  );
  const ids = shown.map(({ id }) => id).join(' ');
  useEffect(() => {
    for (const id of ids.split(' ')) if (id !== '') changeCollection(app.queries, id, 'startCollection');
  }, [app, ids]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: also where another account is shown before it has ended
  useEffect(() => {
    if (!isRunning) return;
    return () => refreshShown(app);
  }, [app, accountId, isRunning]);
}
