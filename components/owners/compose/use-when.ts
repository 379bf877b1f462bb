'use client';

import { useMemo } from 'react';
import { useLocale } from 'use-intl';
import { regionalLocale } from '@/lib/client/reader/regional-locale';

/** A moment in words. */
export type Say = (at: Date | string, style?: 'time' | 'short' | 'full') => string;

const styles = {
  time: { timeStyle: 'short' },
  short: { dateStyle: 'medium', timeStyle: 'short' },
  full: { dateStyle: 'full', timeStyle: 'short' },
} as const;

/** Says a moment by the clock and the habits of the person. A composer is drawn in the browser alone, so both are known. */
export function useWhen(): Say {
  const locale = regionalLocale(useLocale());
  return useMemo(
    () =>
      (at, style = 'short') =>
        new Intl.DateTimeFormat(locale, styles[style]).format(new Date(at)),
    [locale],
  );
}
