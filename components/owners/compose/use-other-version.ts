'use client';

import { useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import type { MailApp } from '@/lib/client/app/mail-app';
import { messageQuery } from '@/lib/client/app/message-query';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import { openComposer } from '@/lib/client/compose/panels';
import { sentences } from '@/lib/contract/sentences';
import type { Message } from '@/lib/mail/model';
import { offerOnce } from '../offer-undo';
import type { Sending } from './use-sending';

const undoMs = 8_000;

interface Place {
  app: MailApp;
  store: ComposerStore;
  sending: Pick<Sending, 'discard'>;
  t: ReturnType<typeof useTranslations<'compose'>>;
  undo: string;
}

/** What may become of two versions of one draft: whatever is chosen, it can be taken back. */
export function useOtherVersion(store: ComposerStore, sending: Sending) {
  const app = useMail();
  const t = useTranslations('compose');
  const common = useTranslations('common');
  return choicesOf({ app, store, sending, t, undo: common('undo') });
}

/** The same, of a composer. */
export function choicesOf({ app, store, sending, t, undo }: Place) {
  const { accountId } = store.written.get();
  const failed = (thrown: unknown) => {
    const { code } = asApiError(thrown);
    const text = code === 'offline' ? t('offline') : sentences[code].title;
    toast({ tone: 'problem', text, key: 'compose' });
  };
  const said = (text: string) => ({ text, key: 'compose', durationMs: undoMs });

  /** The other version as it is now: whoever writes it may have gone on. Null: it is not there any more. */
  async function theOther(): Promise<Message | null> {
    const fetched = () => {
      const { otherId } = store.save.get();
      return otherId === null ? null : app.queries.fetchQuery(messageQuery(accountId, otherId));
    };
    try {
      return await fetched();
    } catch (thrown) {
      if (!['notFound', 'stale'].includes(asApiError(thrown).code)) throw thrown;
      // Each save looks for it.
      store.change({});
      await store.saveDraft();
      return await fetched();
    }
  }

  return {
    async both() {
      await store.separate();
      toast({ text: t('other.areTwo'), key: 'compose' });
    },
    async theirs() {
      try {
        const message = await theOther();
        if (message === null) return void toast({ text: t('other.gone'), key: 'compose' });
        // Mine has a name of its own, so that Undo opens it beside the other.
        await store.separate();
        sending.discard(t('other.discardedMine'));
        openComposer(app, { kind: 'draft', accountId, message });
      } catch (thrown) {
        failed(thrown);
      }
    },
    async mine() {
      const { otherId: draftId } = store.save.get();
      if (draftId === null) return;
      store.settleOther(draftId);
      const remove = () =>
        call('deleteDraft', { params: { accountId, draftId } }).catch((thrown: unknown) => {
          const { code } = asApiError(thrown);
          if (code !== 'notFound' && code !== 'stale') failed(thrown);
        });
      const timer = setTimeout(() => void remove(), undoMs);
      offerOnce(app, undo, said(t('other.discarded')), () => {
        clearTimeout(timer);
        store.settleOther(draftId, false);
      });
    },
  };
}
