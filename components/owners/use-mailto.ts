'use client';

import { useEffect } from 'react';
import { useMail } from '@/lib/client/app/context';
import { useAccount } from '@/lib/client/app/hooks';
import { openComposer } from '@/lib/client/compose/panels';
import { mailtoEvent } from '@/lib/client/reader/mailto-event';

/** Links to an address open a composer here, and so does the address that this page was opened with as the browser's mail program. */
export function useMailto(): void {
  const app = useMail();
  const { id: accountId, sending } = useAccount();
  const canSend = sending !== null;
  useEffect(() => {
    if (!canSend) return;
    const write = (url: string) => openComposer(app, { kind: 'mailto', accountId, url });
    const asked = new URLSearchParams(window.location.search).get('mailto');
    if (asked !== null && /^mailto:/i.test(asked)) {
      app.navigation.complete();
      write(asked);
    }
    const stop = new AbortController();
    const take = (event: Event, url: string) => {
      event.preventDefault();
      write(url);
    };
    document.addEventListener(
      'click',
      (event) => {
        const link = (event.target as Element | null)?.closest?.('a[href^="mailto:" i]');
        if (link !== null && link !== undefined && event.button === 0) take(event, link.getAttribute('href') ?? '');
      },
      { signal: stop.signal },
    );
    document.addEventListener(mailtoEvent, (event) => take(event, (event as CustomEvent<string>).detail), {
      signal: stop.signal,
    });
    return () => stop.abort();
  }, [app, accountId, canSend]);
}
