'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UserPlus, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { ask } from '@/components/ui/question';
import { Segmented } from '@/components/ui/segmented';
import { useSettings } from '@/lib/client/app/hooks';
import { callPeople } from '@/lib/client/people/call';
import { queryKeys } from '@/lib/client/query-keys';
import { displayText } from '@/lib/text/bidi';
import { useChangeSettings } from '../change-settings';
import { useContactsAgain } from './groups';
import { useNotKept } from './not-kept';

const shownAddresses = 100;

interface LearnedAddressesProps {
  q: string;
  /** One of them is to become a contact. */
  onKeep: (person: { name: string; email: string }) => void;
}

/** Whom the person wrote to: seen, forgotten one by one or whole, learned or not. */
export function LearnedAddresses({ q, onKeep }: LearnedAddressesProps) {
  const t = useTranslations('people.learned');
  const words = useTranslations('people');
  const { learnsAddresses } = useSettings();
  const changeSettings = useChangeSettings();
  const again = useContactsAgain();
  const notKept = useNotKept();
  const { data, error } = useQuery({
    queryKey: [...queryKeys.learnedAddresses, q],
    queryFn: ({ signal }) =>
      callPeople('listLearnedAddresses', { query: { limit: shownAddresses, ...(q === '' ? {} : { q }) }, signal }),
    placeholderData: keepPreviousData,
  });
  const forget = (email: string) =>
    void callPeople('forgetLearnedAddress', { params: { email } }).then(again).catch(notKept);
  const forgetAll = async () => {
    const question = { title: t('forgetAllTitle'), text: t('forgetAllText'), confirm: t('forgetAll') };
    if (!(await ask({ ...question, isDestructive: true }))) return;
    await callPeople('emptyLearnedAddresses', {}).then(again).catch(notKept);
  };
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-4">
      <p className="text-ink-muted text-meta">{t('text')}</p>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        <span aria-hidden="true" className="text-list">
          {t('learn')}
        </span>
        <Segmented
          label={t('learn')}
          value={learnsAddresses ? 'on' : 'off'}
          options={(['on', 'off'] as const).map((value) => ({ value, label: t(value) }))}
          onChange={(value) => changeSettings({ learnsAddresses: value === 'on' })}
        />
      </div>
      {data === undefined && (
        <p role="status" className="mt-3 text-ink-muted text-list">
          {words(error === null ? 'loading' : 'failed')}
        </p>
      )}
      {data !== undefined && data.total === 0 && <p className="mt-3 text-ink-muted text-list">{t('empty')}</p>}
      {data !== undefined && data.total > 0 && (
        <>
          <ul className="mt-3 divide-y divide-line rounded-box border border-line">
            {data.items.map(({ name, email }) => (
              <li key={email} className="flex items-center ps-3 text-list">
                <span className="min-w-0 flex-1 py-1.5">
                  {name !== null && <bdi className="block truncate font-medium">{displayText(name)}</bdi>}
                  <bdi className="block truncate text-ink-muted">{displayText(email)}</bdi>
                </span>
                <IconButton
                  size="small"
                  label={t('keep', { email: displayText(email) })}
                  icon={<UserPlus size={16} />}
                  onClick={() => onKeep({ name: name ?? '', email })}
                />
                <IconButton
                  size="small"
                  label={t('forget', { email: displayText(email) })}
                  icon={<X size={16} />}
                  onClick={() => forget(email)}
                />
              </li>
            ))}
          </ul>
          {data.total > data.items.length && (
            <p className="mt-1.5 text-ink-muted text-meta">{t('more', { count: data.total - data.items.length })}</p>
          )}
          <Button look="quiet" size="small" className="mt-2" onClick={() => void forgetAll()}>
            {t('forgetAll')}
          </Button>
        </>
      )}
    </div>
  );
}
