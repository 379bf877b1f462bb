'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { MailContext } from '@/lib/client/app/context';
import { createMailApp, type MailStart } from '@/lib/client/app/mail-app';
import { Shell } from './shell';

/** Makes the one app object of this page and gives it to everything below. */
export function MailRoot({ start }: { start: MailStart }) {
  const [app] = useState(() => createMailApp(start, leave));
  return (
    <QueryClientProvider client={app.queries}>
      <MailContext value={app}>
        <Shell />
      </MailContext>
    </QueryClientProvider>
  );
}

/** The sign-in has ended: sign in again, and come back to this very place. */
function leave(): void {
  const { pathname, search } = window.location;
  window.location.assign(`/signin?ended=1&next=${encodeURIComponent(pathname + search)}`);
}
