'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useAccount } from '@/lib/client/app/hooks';
import { queryKeys } from '@/lib/client/query-keys';
import type { Retention, RetentionPreview } from '@/lib/contract/maildrop';
import { sentenceOf } from './sentence-of';

const rules = ['leave', 'removeAfterDays', 'removeWhenDeleted', 'collect'] as const;

/** What becomes of mail on the server. A change shows its numbers before it is made. */
export function RetentionForm({ kept }: { kept: Retention }) {
  const t = useTranslations('account');
  const words = useTranslations('actions');
  const { queries } = useMail();
  const { id: accountId } = useAccount();
  const name = useId();
  const [rule, setRule] = useState(kept.rule);
  const [days, setDays] = useState(kept.rule === 'removeAfterDays' ? String(kept.days) : '14');
  const [isSaving, setSaving] = useState(false);
  const wanted = retentionOf(rule, days);
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(kept);
  const save = async (retention: Retention) => {
    setSaving(true);
    try {
      await call('updateMaildrop', { params: { accountId }, body: { retention } });
      await queries.invalidateQueries({ queryKey: queryKeys.maildrop(accountId) });
      toast({ text: t('saved') });
    } catch (thrown) {
      toast({ tone: 'problem', text: t('notSaved'), detail: sentenceOf(words, asApiError(thrown).code).title });
    } finally {
      setSaving(false);
    }
  };
  return (
    <fieldset>
      <legend className="font-semibold text-list">{t('rules')}</legend>
      <div className="mt-2 divide-y divide-line overflow-hidden rounded-box border border-line">
        {rules.map((value) => (
          <label
            key={value}
            className="flex cursor-pointer items-start gap-3 px-4 py-3 hover:bg-hover has-focus-visible:bg-hover"
          >
            <input
              type="radio"
              name={name}
              className="mt-0.5 size-4 shrink-0 accent-accent"
              checked={rule === value}
              onChange={() => setRule(value)}
            />
            <span className="min-w-0">
              <span className="block font-medium">{t(`rule.${value}`)}</span>
              <span className="block text-ink-muted text-meta">{t(`ruleText.${value}`)}</span>
            </span>
          </label>
        ))}
      </div>
      {rule === 'removeAfterDays' && (
        <label className="mt-3 flex items-center gap-2 text-list">
          {t('days')}
          <input
            type="number"
            min={1}
            max={3_650}
            value={days}
            onChange={(event) => setDays(event.target.value)}
            aria-invalid={wanted === null || undefined}
            className="h-9 w-24 rounded-box border border-line bg-raised px-2 text-ink tabular-nums aria-invalid:border-danger touch:h-11 touch:text-title"
          />
        </label>
      )}
      {wanted === null ? (
        <p className="mt-3 text-danger text-list">{t('daysWrong')}</p>
      ) : (
        isChanged && (
          <div className="mt-3 flex items-center justify-between gap-3">
            <Preview retention={wanted} />
            <Button look="primary" isBusy={isSaving} onClick={() => void save(wanted)}>
              {t('apply')}
            </Button>
          </div>
        )
      )}
    </fieldset>
  );
}

function retentionOf(rule: Retention['rule'], days: string): Retention | null {
  if (rule !== 'removeAfterDays') return { rule };
  return /^\d{1,4}$/.test(days) && Number(days) >= 1 && Number(days) <= 3_650 ? { rule, days: Number(days) } : null;
}

/** What the rule would do, before it is chosen. */
function Preview({ retention }: { retention: Retention }) {
  const t = useTranslations('account');
  const { id: accountId } = useAccount();
  const query = retention.rule === 'removeAfterDays' ? { ...retention, days: String(retention.days) } : retention;
  const { data } = useQuery({
    queryKey: [...queryKeys.maildrop(accountId), 'preview', retention],
    queryFn: ({ signal }) => call('previewRetention', { params: { accountId }, query, signal }),
    staleTime: 0,
  });
  const sentences = ({ removeNow, deletedHere, removeLater }: RetentionPreview) => [
    t('preview', { now: removeNow }),
    ...(deletedHere > 0 ? [t('previewDeleted', { count: deletedHere, all: String(deletedHere === removeNow) })] : []),
    ...(removeLater > 0 ? [t('previewLater', { later: removeLater })] : []),
    ...(removeNow + removeLater > deletedHere ? [t('previewKept', { isAll: String(deletedHere === 0) })] : []),
  ];
  return (
    <p role="status" className="min-w-0 text-ink-2 text-list">
      {data === undefined ? t('counting') : retention.rule === 'leave' ? t('previewLeave') : sentences(data).join(' ')}
    </p>
  );
}
