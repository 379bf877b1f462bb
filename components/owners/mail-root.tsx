'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { MailContext } from '@/lib/client/app/context';
import { createMailApp, type MailStart } from '@/lib/client/app/mail-app';
import { Shell } from './shell';
import { signInAgain } from './sign-out';

/** Makes the one app object of this page and gives it to everything below. */
export function MailRoot({ start }: { start: MailStart }) {
  const [app] = useState(() => createMailApp(start, signInAgain));
  return (
    <QueryClientProvider client={app.queries}>
      <MailContext value={app}>
        <Shell />
      </MailContext>
    </QueryClientProvider>
  );
}
