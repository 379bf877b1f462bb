'use client';

import { type ReactNode, useMemo } from 'react';
import { IntlProvider, useMessages } from 'use-intl';
import words from '@/messages/labels.en.json';

/** The words of choosing and managing labels, which come with it. */
export function LabelWords({ children }: { children: ReactNode }) {
  const known = useMessages();
  const messages = useMemo(() => ({ ...known, ...words }), [known]);
  return (
    <IntlProvider locale="en" messages={messages}>
      {children}
    </IntlProvider>
  );
}
