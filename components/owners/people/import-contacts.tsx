'use client';

import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { importContacts } from '@/lib/client/people/call';
import type { ImportReport } from '@/lib/contract/contacts';
import { displayText } from '@/lib/text/bidi';
import { useContactsAgain } from './groups';
import { useNotKept } from './not-kept';

/** A file of contacts is taken in, and what became of each entry is told. */
export function ImportContacts() {
  const t = useTranslations('people.imported');
  const notKept = useNotKept();
  const again = useContactsAgain();
  const field = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [report, setReport] = useState<ImportReport | null>(null);
  const take = (file: File) => {
    setBusy(true);
    setReport(null);
    importContacts(file)
      .then(async (told) => {
        setReport(told);
        await again();
      })
      .catch(notKept)
      .finally(() => setBusy(false));
  };
  return (
    <section aria-label={t('title')}>
      <h3 className="font-semibold text-title">{t('title')}</h3>
      <p className="mt-1 max-w-lg text-ink-2">{t('text')}</p>
      <input
        ref={field}
        type="file"
        hidden
        accept=".vcf,.csv,text/vcard,text/csv"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) take(file);
          event.target.value = '';
        }}
      />
      <Button look="primary" className="mt-4" isBusy={isBusy} onClick={() => field.current?.click()}>
        {t('choose')}
      </Button>
      <div role="status" className="mt-5">
        {isBusy && <p className="text-ink-muted">{t('busy')}</p>}
        {report !== null && <Report report={report} />}
      </div>
    </section>
  );
}

function Report({ report }: { report: ImportReport }) {
  const t = useTranslations('people.imported');
  const { added, known, groups, pictures, problems, problemCount } = report;
  const counts = [
    t('added', { count: added }),
    ...(known > 0 ? [t('known', { count: known })] : []),
    ...(groups > 0 ? [t('groups', { count: groups })] : []),
    ...(pictures > 0 ? [t('pictures', { count: pictures })] : []),
  ];
  return (
    <>
      <p className="font-medium">{counts.join(' ')}</p>
      {problemCount > 0 && (
        <>
          <p className="mt-4">{t('problems', { count: problemCount })}</p>
          <ul className="mt-1.5 divide-y divide-line rounded-box border border-line text-list">
            {problems.map(({ number, name, reason }) => (
              <li key={`${number} ${reason}`} className="px-3 py-1.5 [overflow-wrap:anywhere]">
                <span className="text-ink-muted tabular-nums">{t('number', { number })}</span>{' '}
                {name !== '' && <bdi className="font-medium">{displayText(name)} </bdi>}
                {t(`reasons.${reason}`)}
              </li>
            ))}
          </ul>
          {problemCount > problems.length && (
            <p className="mt-1.5 text-ink-muted text-meta">
              {t('moreProblems', { count: problemCount - problems.length })}
            </p>
          )}
        </>
      )}
    </>
  );
}
