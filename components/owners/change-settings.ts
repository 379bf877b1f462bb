'use client';

import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { queryKeys } from '@/lib/client/query-keys';
import type { Session, Settings } from '@/lib/contract/operations';

/** Changes settings on the screen at once and on the server; takes them back, with a sentence, if it refuses. */
export function useChangeSettings(): (change: Partial<Settings>) => void {
  const { queries } = useMail();
  const t = useTranslations('settings');
  const words = useTranslations('actions');
  return useCallback(
    (change) => {
      const before = queries.getQueryData<Session>(queryKeys.session)?.settings;
      const show = (settings: Partial<Settings>) =>
        queries.setQueryData<Session>(queryKeys.session, (session) =>
          session === undefined ? undefined : { ...session, settings: { ...session.settings, ...settings } },
        );
      show(change);
      void call('updateSettings', { body: change }).then(show, async (thrown: unknown) => {
        if (before !== undefined) show(before);
        // It is here since the first quiet moment, also without the network.
        const { sentenceOf } = await import('./sentence-of');
        toast({ tone: 'problem', text: t('failed'), detail: sentenceOf(words, asApiError(thrown).code).title });
      });
    },
    [queries, t, words],
  );
}
