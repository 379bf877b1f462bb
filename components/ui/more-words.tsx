'use client';

import { type ReactNode, useMemo } from 'react';
import { type AppConfig, IntlProvider, useMessages } from 'use-intl';

/** Gives words that came with code loaded later, beside those that are there already, to everything below. */
export function MoreWords({ words, children }: { words: Partial<AppConfig['Messages']>; children: ReactNode }) {
  const known = useMessages();
  const messages = useMemo(() => ({ ...known, ...words }), [known, words]);
  return (
    <IntlProvider locale="en" messages={messages}>
      {children}
    </IntlProvider>
  );
}
