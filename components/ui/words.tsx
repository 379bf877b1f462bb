'use client';

import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import english from '@/messages/en.json';

declare module 'use-intl' {
  interface AppConfig {
    Locale: 'en';
    /** What is loaded later brings its own words. */
    Messages: typeof english &
      typeof import('@/messages/signin.en.json') &
      typeof import('@/messages/accounts.en.json') &
      typeof import('@/messages/overlays.en.json') &
      typeof import('@/messages/people.en.json') &
      typeof import('@/messages/inspector.en.json') &
      typeof import('@/messages/trust.en.json') &
      typeof import('@/messages/notes.en.json') &
      typeof import('@/messages/notices.en.json') &
      typeof import('@/messages/asks.en.json') &
      typeof import('@/messages/compose.en.json') &
      typeof import('@/messages/labels.en.json') &
      typeof import('@/messages/searches.en.json') &
      typeof import('@/messages/outbox.en.json') &
      typeof import('@/messages/original.en.json') &
      typeof import('@/messages/relatives.en.json') &
      typeof import('@/messages/preview.en.json') &
      typeof import('@/messages/search.en.json') &
      typeof import('@/messages/settings.en.json') &
      typeof import('@/messages/pictures.en.json');
  }
}

/** Gives the words to everything below. The catalogue is part of a cached script, not of each page. */
export function Words({ children }: { children: ReactNode }) {
  // No word of the catalogue holds a time; without a zone use-intl complains in the log of the server.
  return (
    <IntlProvider locale="en" messages={english} timeZone="UTC">
      {children}
    </IntlProvider>
  );
}
