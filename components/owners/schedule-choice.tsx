'use client';

import { useId } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useAccount } from '@/lib/client/app/hooks';
import { queryKeys } from '@/lib/client/query-keys';
import { formatFullDate } from '@/lib/client/reader/format-date';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { CollectionSchedule, Maildrop } from '@/lib/contract/maildrop';
import { sentenceOf } from './sentence-of';

const choices = [null, 15, 60, 360, 1_440] as const;

/** Whether mail is collected with the browser shut, and what that means for the password. */
export function ScheduleChoice({ schedule }: { schedule: CollectionSchedule | null }) {
  const t = useTranslations('account');
  const words = useTranslations('actions');
  const locale = regionalLocale(useLocale());
  const id = useId();
  const { queries } = useMail();
  const { id: accountId } = useAccount();
  const choose = async (everyMinutes: (typeof choices)[number]) => {
    try {
      const maildrop: Maildrop = await call('updateMaildrop', { params: { accountId }, body: { everyMinutes } });
      queries.setQueryData(queryKeys.maildrop(accountId), maildrop);
      toast({ text: t(everyMinutes === null ? 'scheduleEnded' : 'scheduleSaved') });
    } catch (thrown) {
      toast({ tone: 'problem', text: t('notSaved'), detail: sentenceOf(words, asApiError(thrown).code).title });
    }
  };
  return (
    <section>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
        <label htmlFor={id} className="font-semibold text-list">
          {t('schedule')}
        </label>
        <select
          id={id}
          value={schedule?.everyMinutes ?? ''}
          onChange={({ target }) =>
            void choose(choices.find((choice) => String(choice ?? '') === target.value) ?? null)
          }
          className="h-9 rounded-box border border-line bg-raised px-2 text-ink text-list touch:h-11 touch:text-title"
        >
          {choices.map((minutes) => (
            <option key={minutes} value={minutes ?? ''}>
              {minutes === null ? t('scheduleNever') : t('scheduleEvery', { minutes })}
            </option>
          ))}
        </select>
      </div>
      <p className="mt-1.5 text-ink-muted text-meta">{t('scheduleText')}</p>
      {schedule?.lastAt != null && (
        <p className="mt-1 text-ink-2 text-meta">
          {schedule.problem === null
            ? t('scheduleWell', { time: formatFullDate(schedule.lastAt, locale) })
            : t('scheduleProblem', {
                time: formatFullDate(schedule.lastAt, locale),
                why: sentenceOf(words, schedule.problem).title,
              })}
        </p>
      )}
    </section>
  );
}
