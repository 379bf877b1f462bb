import { ArrowLeft, ArrowRight } from 'lucide-react';
import { memo, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { classes } from '@/components/ui/classes';
import type { ExchangeRow } from '@/lib/client/inspector/lines';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';

/** Longer lines are folded until somebody asks. */
const longText = 240;

/** One line of the exchange: when, where, which way, what; and in plain words what a command is for. */
export const ExchangeLine = memo(function ExchangeLine({ row, isTurn }: { row: ExchangeRow; isTurn: boolean }) {
  const t = useTranslations('inspector');
  const locale = regionalLocale(useLocale());
  const [isWhole, setWhole] = useState(false);
  if (row.type === 'skipped') {
    return <li className="px-4 py-1 text-ink-muted italic">{t('skipped', { count: row.lines })}</li>;
  }
  const { direction, text, tag, hint } = row;
  const isClient = direction === 'client';
  const isLong = text.length > longText;
  return (
    <li
      className={classes(
        'grid grid-cols-[auto_1fr_auto] gap-x-2 px-3 py-[3px] [contain-intrinsic-size:auto_24px] [content-visibility:auto] hover:bg-hover md:grid-cols-[5.75rem_4rem_auto_minmax(0,1fr)_auto] md:px-4',
        isClient ? 'text-ink' : 'text-ink-2',
        hint !== null && 'mt-1',
        isTurn && 'not-first:mt-1.5 not-first:border-line not-first:border-t not-first:pt-1.5',
      )}
    >
      <span className="text-ink-muted tabular-nums max-md:hidden">{timeOf(locale).format(row.atMs)}</span>
      <span className={classes('truncate text-ink-muted', isTurn ? 'max-md:col-span-3' : 'max-md:hidden')}>
        {row.connection}
      </span>
      <span className={isClient ? 'text-accent' : 'text-ink-muted'}>
        {isClient ? (
          <ArrowRight size={13} aria-hidden="true" className="mt-0.5 rtl:-scale-x-100" />
        ) : (
          <ArrowLeft size={13} aria-hidden="true" className="mt-0.5 rtl:-scale-x-100" />
        )}
        <span className="sr-only">{t(isClient ? 'toServer' : 'fromServer')}</span>
      </span>
      <span className="min-w-0">
        <span
          className={classes('break-words [overflow-wrap:anywhere]', isLong && !isWhole && 'line-clamp-2')}
          dir="ltr"
        >
          {tag !== undefined && <span className="text-ink-muted">{tag} </span>}
          <span className={isClient ? 'font-semibold' : undefined}>{text}</span>
        </span>
        {isLong && (
          <button
            type="button"
            aria-expanded={isWhole}
            onClick={() => setWhole(!isWhole)}
            className="font-sans text-accent text-meta hover:underline touch:h-11"
          >
            {t(isWhole ? 'less' : 'more')}
          </button>
        )}
        {hint !== null && <span className="block font-sans text-brass-ink text-meta">{t(`hints.${hint}`)}</span>}
      </span>
      <span
        title={t('onWire', { size: formatSize(row.sizeBytes, locale) })}
        className="ps-2 text-end text-ink-muted tabular-nums"
      >
        {formatSize(row.sizeBytes, locale)}
      </span>
    </li>
  );
});

const times = new Map<string, Intl.DateTimeFormat>();

function timeOf(locale: string): Intl.DateTimeFormat {
  const known = times.get(locale);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
  times.set(locale, made);
  return made;
}
