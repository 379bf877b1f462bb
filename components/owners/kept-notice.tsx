'use client';

import { ServerOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { useSession } from '@/lib/client/app/hooks';
import type { SparseList } from '@/lib/client/list/sparse-list';
import type { MissingAccount } from '@/lib/mail/model';
import { accountName } from './account-of';
import { sentenceOf } from './sentence-of';

/**
 * Says that the rows are those kept here, since the mail server cannot be asked, or which account is missing among all, and
 * asks again; or that an order or filter is not whole yet.
 */
export function KeptNotice({
  problem,
  missing,
  onRetry,
}: Pick<SparseList, 'problem' | 'missing'> & { onRetry: () => void }) {
  const t = useTranslations('list');
  const words = useTranslations('actions');
  const common = useTranslations('common');
  const { accounts } = useSession();
  if (problem === null && missing.length === 0)
    return (
      <p role="status" className="border-line border-b bg-sunken px-4 py-2 text-ink-2 text-list">
        {t('partial')}
      </p>
    );
  const tellMissing = ({ accountId, code, isKept }: MissingAccount) => {
    const account = accounts.find(({ id }) => id === accountId);
    const name = account === undefined ? '' : accountName(account);
    return t(isKept ? 'keptOf' : 'missingOf', { name, why: sentenceOf(words, code).title });
  };
  return (
    <div className="flex items-center gap-2.5 border-line border-b bg-brass-wash px-4 py-2 text-ink-2 text-list">
      <ServerOff size={16} aria-hidden="true" className="shrink-0 text-brass-ink" />
      <p role="status" className="min-w-0 flex-1">
        {problem !== null && t('kept', { why: sentenceOf(words, problem).title })}
        {missing.map((one) => (
          <span key={one.accountId} className="block">
            {tellMissing(one)}
          </span>
        ))}
      </p>
      <Button size="small" look="quiet" onClick={onRetry}>
        {common('retry')}
      </Button>
    </div>
  );
}
