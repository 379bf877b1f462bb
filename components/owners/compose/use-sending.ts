'use client';

import { useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useCapabilities, useSettings } from '@/lib/client/app/hooks';
import type { ComposerStore } from '@/lib/client/compose/composer-store';
import { type ComposePanel, closeComposer, openComposer } from '@/lib/client/compose/panels';
import type { SendQuestion } from '@/lib/client/compose/questions';
import { submit } from '@/lib/client/compose/send';
import type { Written } from '@/lib/client/compose/written';
import { queryKeys } from '@/lib/client/query-keys';
import { unitedId } from '@/lib/client/united/united-id';
import { sentences } from '@/lib/contract/sentences';
import type { MessageCommands } from '../commands/use-commands';
import { offerOnce } from '../offer-undo';
import { followSubmission, type TakingBack } from './follow-submission';
import { isReady } from './is-ready';
import { useMakeFolder } from './use-make-folder';
import { useWhen } from './use-when';

/** What ends a composer. */
export interface Sending {
  isSending: boolean;
  /** Now, or not before a time. */
  send(sendAt?: string): Promise<void>;
  /** Null where it answers nothing that could be archived. */
  sendAndArchive: (() => Promise<void>) | null;
  /** Takes the panel away; the draft stays. */
  close(): void;
  /** Throws away what was written, and says so; Undo brings it back. */
  discard(said?: string): void;
}

const undoMs = 8_000;

export function useSending(panel: ComposePanel, store: ComposerStore | undefined, commands: MessageCommands): Sending {
  const app = useMail();
  const t = useTranslations('compose');
  const common = useTranslations('common');
  const say = useWhen();
  const folder = useMakeFolder();
  const can = useCapabilities();
  const { undoSeconds } = useSettings();
  const [isSending, setSending] = useState(false);
  const asked = useRef(new Set<SendQuestion>());
  const isUnderWay = useRef(false);
  return useMemo<Sending>(() => {
    const problem = (text: string, detail?: string) =>
      toast({ tone: 'problem', text, ...(detail === undefined ? {} : { detail }), key: 'compose' });
    const lookAgain = (accountId: string) =>
      void app.queries.invalidateQueries({ queryKey: queryKeys.submissions(accountId) });
    // A copy that stays would be offered again, and sent twice by whoever believes that.
    const forget = (composer: ComposerStore) =>
      composer
        .forget()
        .catch(
          () => void toast({ tone: 'problem', text: t('notForgotten'), detail: t('notForgottenText'), key: 'device' }),
        );
    const reopen = (written: Written) => openComposer(app, { kind: 'written', written });

    async function send(composer: ComposerStore, sendAt: string | null, archives: boolean): Promise<void> {
      // What is typed in a field becomes a chip when the field is left.
      (document.activeElement as HTMLElement | null)?.blur();
      await new Promise((resolve) => setTimeout(resolve));
      if (!(await isReady(composer, { t, problem, asked: asked.current }))) return;
      await folder.offer(composer.written.get().accountId, 'sent');
      setSending(true);
      if (composer.uploads.get().size > 0) toast({ text: t('waitingForFiles'), key: 'compose' });
      const areThere = await composer.uploaded();
      if (!areThere) {
        setSending(false);
        problem(t('filesMissing'));
        return;
      }
      const holdMs = undoSeconds * 1_000;
      const dismissSending = toast({ text: t('sending'), key: 'compose', durationMs: null });
      // Undo and a restart go on from the draft; without one the message goes all the same.
      await composer.saveDraft();
      const written = { ...composer.written.get(), sendAt };
      try {
        const submission = await submit(written, holdMs);
        lookAgain(written.accountId);
        await composer.stop();
        await forget(composer);
        closeComposer(app, panel.id);
        dismissSending();
        if (archives)
          commands.alone.archive(written.answers.map(({ messageId }) => unitedId(written.accountId, messageId)));
        const taking: TakingBack = { stop: new AbortController(), attempt: Promise.resolve() };
        offerUndo(written, submission.id, sendAt, holdMs, taking);
        if (sendAt === null) followSubmission({ app, t, written, submission, reopen, folder, taking });
      } catch (thrown) {
        dismissSending();
        setSending(false);
        const { code, serverText, detail } = asApiError(thrown);
        const isForeign = code === 'unsupported' && detail?.includes('@') === true;
        const why = code === 'offline' ? t('offline') : sentences[code].title;
        const words = [why, serverText ?? detail].filter((part) => part !== undefined).join(' ');
        problem(t('notSent'), isForeign ? t('noUtf8', { email: detail }) : words);
      }
    }

    function offerUndo(
      written: Written,
      submissionId: string,
      sendAt: string | null,
      holdMs: number,
      taking: TakingBack,
    ) {
      const undo = async () => {
        const params = { accountId: written.accountId, submissionId };
        const cancelling = call('cancelSubmission', { params }).then(() => taking.stop.abort());
        // Whether it went well is told below.
        taking.attempt = Promise.allSettled([cancelling]);
        try {
          await cancelling;
          lookAgain(written.accountId);
          reopen({ ...written, sendAt: null });
        } catch (thrown) {
          const { code } = asApiError(thrown);
          problem(code === 'conflict' ? t('tooLate') : code === 'offline' ? t('offline') : sentences[code].title);
        }
      };
      const when = sendAt === null ? '' : say(sendAt);
      const said = {
        text: sendAt === null ? t('sending') : t('scheduled', { when }),
        key: 'compose',
        durationMs: Math.max(holdMs, sendAt === null ? 0 : undoMs),
      };
      offerOnce(app, common('undo'), said, () => void undo());
    }

    function close() {
      if (store === undefined) return;
      void store.finish().then(async () => {
        const { isDirty, problem: why, otherId } = store.save.get();
        if (!isDirty) {
          if (otherId !== null) toast({ text: t('other.closed'), key: 'compose' });
          await forget(store);
        } else if (why !== null) {
          const words = why.code === 'offline' ? t('offline') : sentences[why.code].title;
          problem(t('keptWhy', { why: words }));
        }
      });
      closeComposer(app, panel.id);
    }

    function discard(said = t('discarded')) {
      if (store !== undefined) throwAway(store, said);
    }

    function throwAway(composer: ComposerStore, text: string) {
      // A version that is being saved becomes the draft first.
      const stopping = composer.stop();
      void forget(composer);
      closeComposer(app, panel.id);
      const remove = () =>
        stopping.then(composer.discard).catch((thrown: unknown) => {
          const { code } = asApiError(thrown);
          problem(t('notDiscarded'), code === 'offline' ? t('offline') : sentences[code].title);
        });
      const timer = setTimeout(() => void remove(), undoMs);
      offerOnce(app, common('undo'), { text, key: 'compose', durationMs: undoMs }, () => {
        clearTimeout(timer);
        void stopping.then(() => reopen(composer.written.get()));
      });
    }

    // Keys repeat, and a button is pressed twice before it is drawn anew: each question is asked once.
    const once = async (sendAt: string | null, archives: boolean) => {
      if (store === undefined || isUnderWay.current) return;
      isUnderWay.current = true;
      await send(store, sendAt, archives).finally(() => {
        isUnderWay.current = false;
      });
    };
    const answersSome = (store?.written.get().answers.length ?? 0) > 0;
    return {
      isSending,
      send: (sendAt) => once(sendAt ?? null, false),
      sendAndArchive: !answersSome || !can.move ? null : () => once(null, true),
      close,
      discard,
    };
  }, [app, t, common, say, folder, can, commands, undoSeconds, panel.id, store, isSending]);
}
