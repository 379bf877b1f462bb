'use client';

import { useSyncExternalStore } from 'react';
import { useLocale } from 'use-intl';
import { formatFullDate, formatWhen } from '@/lib/client/reader/format-date';
import { regionalLocale } from '@/lib/client/reader/regional-locale';

/** When a message came, in the zone and the habits of the person. The server knows neither, so its markup leaves it out. */
export function LocalTime({ iso, className }: { iso: string; className?: string }) {
  const locale = regionalLocale(useLocale());
  const isHere = useSyncExternalStore(never, yes, no);
  return (
    <time dateTime={iso} data-tip={isHere ? formatFullDate(iso, locale) : undefined} className={className}>
      {isHere ? formatWhen(iso, locale) : ''}
    </time>
  );
}

const never = () => () => undefined;
const yes = () => true;
const no = () => false;
