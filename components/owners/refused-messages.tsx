import { useTranslations } from 'use-intl';
import type { Maildrop } from '@/lib/contract/maildrop';
import { displayText } from '@/lib/text/bidi';

/** What the server lists and would not give, each with the server's own words, or is too large to be collected. */
export function RefusedMessages({ refused: { total, items } }: { refused: Maildrop['refused'] }) {
  const t = useTranslations('account');
  if (total === 0) return null;
  return (
    <div className="mt-3 border-line border-t pt-3">
      <p className="text-ink-2 text-list">{t('refused', { count: total })}</p>
      <ul aria-label={t('refusedList')} className="mt-2 space-y-1.5">
        {items.map(({ id, subject, words, isTooLarge }) => (
          <li key={id} className="min-w-0">
            <p className="truncate font-medium text-list">{displayText(subject ?? '') || t('refusedUnknown')}</p>
            {isTooLarge && <p className="text-ink-muted text-meta">{t('tooLarge')}</p>}
            {words !== '' && (
              <p className="text-ink-muted text-meta [overflow-wrap:anywhere]">
                {t('serverSays', { text: displayText(words) })}
              </p>
            )}
          </li>
        ))}
      </ul>
      {total > items.length && (
        <p className="mt-1.5 text-ink-muted text-meta">{t('refusedMore', { count: total - items.length })}</p>
      )}
    </div>
  );
}
