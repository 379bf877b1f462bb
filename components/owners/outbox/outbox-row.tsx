'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { ask } from '@/components/ui/question';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { type Choice, choicesOf, type Submission, tellingOf } from '@/lib/client/compose/outbox';
import { sentences } from '@/lib/contract/sentences';
import { displayText } from '@/lib/text/bidi';
import { useMakeFolder } from '../compose/use-make-folder';
import { useWhen } from '../compose/use-when';
import { quotesOf, whyOf } from '../compose/why';

interface OutboxRowProps {
  accountId: string;
  submission: Submission;
  onChanged: () => void;
}

export function OutboxRow({ accountId, submission, onChanged }: OutboxRowProps) {
  const t = useTranslations('outbox');
  const compose = useTranslations('compose');
  const { doing, choose } = useChoosing({ accountId, submission, onChanged });
  const people = [...submission.to, ...submission.cc, ...submission.bcc].map(({ name, email }) =>
    displayText(name ?? email),
  );
  const subject = useSubject(submission);
  return (
    <li aria-label={subject} className="py-3">
      <p className="font-semibold [overflow-wrap:anywhere]">
        <bdi>{subject}</bdi>
      </p>
      <p className="truncate text-ink-2 text-list">
        <bdi>{t('to', { people: people.join(', ') })}</bdi>
      </p>
      <State submission={submission} subject={subject} />
      <div className="mt-2 flex flex-wrap gap-2">
        {choicesOf(submission).map((choice) => (
          <Button
            key={choice}
            size="small"
            isBusy={doing === choice}
            disabled={doing !== null}
            onClick={() => void choose(choice)}
          >
            {choice === 'sendNow' || choice === 'takeBack'
              ? t(choice)
              : compose(lacksSent(submission) ? 'makeSent' : choice)}
          </Button>
        ))}
      </div>
    </li>
  );
}

/** Its copy has no place; the choice is to make one. */
const lacksSent = ({ state, problem }: Submission) => state === 'accepted' && problem === 'notFound';

function useSubject({ subject }: Submission): string {
  const list = useTranslations('list');
  return displayText(subject) || list('noSubject');
}

function State({ submission, subject }: { submission: Submission; subject: string }) {
  const t = useTranslations('outbox');
  const compose = useTranslations('compose');
  const errors = useTranslations('errors');
  const say = useWhen();
  const { dueAt, attempts } = submission;
  const telling = tellingOf(submission);
  const when = say(dueAt);
  const why = whyOf(submission, compose);
  return (
    <>
      <p className="mt-1">
        {telling === 'retries'
          ? t('retries', { count: attempts, when })
          : telling === 'scheduled'
            ? compose('scheduled', { when })
            : compose(telling, { subject })}
        {why !== '' && ` ${why}`}
      </p>
      {telling === 'unknown' && <p className="text-ink-2 text-list">{compose('unknownText')}</p>}
      {quotesOf(submission).map((text) => (
        <p key={text} className="text-ink-muted text-meta [overflow-wrap:anywhere]">
          {errors('serverSays', { text })}
        </p>
      ))}
    </>
  );
}

/** Does what was chosen, one at a time, and tells where it could not be done. */
function useChoosing({ accountId, submission, onChanged }: OutboxRowProps) {
  const t = useTranslations('outbox');
  const compose = useTranslations('compose');
  const subject = useSubject(submission);
  const folder = useMakeFolder();
  const [doing, setDoing] = useState<Choice | null>(null);
  const params = { accountId, submissionId: submission.id };
  const takeBack = async () => {
    const title = t('takeBackTitle', { subject });
    if (!(await ask({ title, text: t('takeBackText'), confirm: t('takeBack') }))) return;
    await call('cancelSubmission', { params });
    toast({ text: t('takenBack'), key: `sent ${submission.id}` });
  };
  const choose = async (choice: Choice) => {
    setDoing(choice);
    try {
      const decision = choice === 'wasSent' ? 'sent' : 'again';
      if (choice === 'takeBack') await takeBack();
      else if (!lacksSent(submission) || (await folder.make(accountId, 'sent')))
        await call('decideSubmission', { params, body: { decision } });
    } catch (thrown) {
      const { code } = asApiError(thrown);
      const why = code === 'offline' ? compose('offline') : sentences[code].title;
      toast({
        tone: 'problem',
        text: code === 'conflict' ? compose('tooLate') : why,
        key: `sent ${submission.id}`,
      });
    }
    setDoing(null);
    onChanged();
  };
  return { doing, choose };
}
