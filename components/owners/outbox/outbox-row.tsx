'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { choicesOf, type Submission, tellingOf } from '@/lib/client/compose/outbox';
import { displayText } from '@/lib/text/bidi';
import { SendLater } from '../compose/send-later';
import { useWhen } from '../compose/use-when';
import { quotesOf, whyOf } from '../compose/why';
import { lacksSent, useChoosing } from './use-choosing';

interface OutboxRowProps {
  accountId: string;
  submission: Submission;
  onChanged: () => void;
  /** What was chosen goes on elsewhere. */
  onLeave: () => void;
}

export function OutboxRow({ submission, ...place }: OutboxRowProps) {
  const t = useTranslations('outbox');
  const compose = useTranslations('compose');
  const subject = useSubject(submission);
  const [isChoosingTime, setChoosingTime] = useState(false);
  const { doing, choose, reschedule } = useChoosing({ ...place, submission, subject });
  const people = [...submission.to, ...submission.cc, ...submission.bcc].map(({ name, email }) =>
    displayText(name ?? email),
  );
  return (
    <li aria-label={subject} className="py-3">
      <p className="font-semibold [overflow-wrap:anywhere]">
        <bdi>{subject}</bdi>
      </p>
      <p className="truncate text-ink-2 text-list">
        <bdi>{t('to', { people: people.join(', ') })}</bdi>
      </p>
      <State submission={submission} subject={subject} />
      <div className="mt-2 flex flex-wrap gap-2 max-sm:grid max-sm:grid-cols-2">
        {choicesOf(submission).map((choice) => (
          <Button
            key={choice}
            size="small"
            isBusy={doing === choice}
            disabled={doing !== null}
            onClick={() => (choice === 'reschedule' ? setChoosingTime(true) : void choose(choice))}
          >
            {choice === 'sendAgain' || choice === 'wasSent' || choice === 'fileAgain'
              ? compose(lacksSent(submission) ? 'makeSent' : choice)
              : t(choice)}
          </Button>
        ))}
      </div>
      {isChoosingTime && (
        <SendLater
          at={submission.dueAt}
          title={t('rescheduleTitle')}
          confirm={t('rescheduleConfirm')}
          onClose={() => setChoosingTime(false)}
          onChosen={(sendAt) => {
            setChoosingTime(false);
            void reschedule(sendAt);
          }}
        />
      )}
    </li>
  );
}

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
