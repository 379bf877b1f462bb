'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { ask } from '@/components/ui/question';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { messageQuery } from '@/lib/client/app/message-query';
import { redraft, reschedule } from '@/lib/client/compose/change-waiting';
import type { Choice, Submission } from '@/lib/client/compose/outbox';
import { openComposer } from '@/lib/client/compose/panels';
import { queryKeys } from '@/lib/client/query-keys';
import { sentences } from '@/lib/contract/sentences';
import { useMakeFolder } from '../compose/use-make-folder';
import { useWhen } from '../compose/use-when';

interface Choosing {
  accountId: string;
  submission: Submission;
  subject: string;
  onChanged: () => void;
  onLeave: () => void;
}

/** Its copy has no place; the choice is to make one. */
export const lacksSent = ({ state, problem }: Submission): boolean => state === 'accepted' && problem === 'notFound';

/** Does what was chosen for one that waits, one thing at a time, and tells where it could not be done. */
export function useChoosing({ accountId, submission, subject, onChanged, onLeave }: Choosing) {
  const app = useMail();
  const t = useTranslations('outbox');
  const compose = useTranslations('compose');
  const say = useWhen();
  const folder = useMakeFolder();
  const [doing, setDoing] = useState<Choice | null>(null);
  const params = { accountId, submissionId: submission.id };
  const key = `sent ${submission.id}`;

  const whyOf = (thrown: unknown) => {
    const { code } = asApiError(thrown);
    return code === 'offline' ? compose('offline') : sentences[code].title;
  };

  async function takeBack() {
    const title = t('takeBackTitle', { subject });
    if (!(await ask({ title, text: t('takeBackText'), confirm: t('takeBack') }))) return;
    await call('cancelSubmission', { params });
    toast({ text: t('takenBack'), key });
  }

  async function edit() {
    const { draftId, ...more } = await redraft(params).catch(async (thrown: unknown) => {
      if (asApiError(thrown).detail !== 'drafts' || !(await folder.make(accountId, 'drafts'))) throw thrown;
      return await redraft(params);
    });
    for (const list of app.listsOf(accountId).all()) list.refresh();
    void app.queries.invalidateQueries({ queryKey: queryKeys.counts(accountId) });
    try {
      const message = await app.queries.fetchQuery(messageQuery(accountId, draftId));
      openComposer(app, { kind: 'draft', accountId, message, more });
      onLeave();
    } catch (thrown) {
      // It is taken back all the same.
      toast({ text: t('isDraft'), detail: whyOf(thrown), key });
    }
  }

  async function decide(choice: Choice) {
    const decision = choice === 'wasSent' ? 'sent' : 'again';
    if (!lacksSent(submission) || (await folder.make(accountId, 'sent')))
      await call('decideSubmission', { params, body: { decision } });
  }

  const attempt = async (choice: Choice, work: () => Promise<void>) => {
    setDoing(choice);
    try {
      await work();
    } catch (thrown) {
      const isLate = asApiError(thrown).code === 'conflict';
      toast({ tone: 'problem', text: isLate ? compose('tooLate') : whyOf(thrown), key });
    }
    setDoing(null);
    onChanged();
  };
  return {
    doing,
    choose: (choice: Choice) =>
      attempt(choice, choice === 'takeBack' ? takeBack : choice === 'edit' ? edit : () => decide(choice)),
    reschedule: (sendAt: string) =>
      attempt('reschedule', async () => {
        await reschedule(params, sendAt);
        toast({ text: compose('scheduled', { when: say(sendAt) }), key });
      }),
  };
}
