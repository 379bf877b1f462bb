'use client';

import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useSession } from '@/lib/client/app/hooks';
import { answerTo } from '@/lib/client/compose/answer';
import { createMessageId } from '@/lib/client/compose/message-id';
import { isAmong } from '@/lib/client/compose/plus-address';
import { formatSpan } from '@/lib/client/invitation/format-span';
import type { Invitation } from '@/lib/client/invitation/parse';
import type { Answer, Standing } from '@/lib/client/invitation/standing';
import { withKeywords } from '@/lib/client/list/thread-row';
import { queryKeys } from '@/lib/client/query-keys';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { Identity } from '@/lib/contract/identities';
import { sentences } from '@/lib/contract/sentences';
import { answeringKeywords, type Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { offerOnce } from './offer-undo';

/** An invitation, with who the person writes as. */
export interface Asked {
  accountId: string;
  message: Message;
  invitation: Invitation;
  identities: readonly Identity[];
}

export type Invited = Extract<Standing, { kind: 'invited' }>;

const marks = answeringKeywords.filter((keyword) => keyword.startsWith('$invitation-'));

/** Sends an answer to who invites, from the address that is invited, which may be of another account, and shows it; it can be taken back. */
export function useSaying({ accountId, message, invitation, identities }: Asked, standing: Invited, writerId: string) {
  const app = useMail();
  const t = useTranslations('asks');
  const common = useTranslations('common');
  const locale = regionalLocale(useLocale());
  const { undoSeconds } = useSession().settings;
  const [doing, setDoing] = useState<Answer | null>(null);
  const holdMs = undoSeconds * 1_000;
  const show = (wanted: readonly string[]) =>
    app.queries.setQueryData<Message>(queryKeys.message(accountId, message.id), (known) =>
      known === undefined ? undefined : withKeywords(withKeywords(known, [], marks), wanted, []),
    );
  const failed = (thrown: unknown) => {
    const { code } = asApiError(thrown);
    toast({ tone: 'problem', text: code === 'offline' ? t('offline') : sentences[code].title, key: 'invitation' });
  };
  const lookAgain = () => app.queries.invalidateQueries({ queryKey: queryKeys.submissions(writerId) });
  // What another account sends cannot mark a message of this one.
  const markHere = async (add: readonly string[], remove: readonly string[]) => {
    if (writerId === accountId) return;
    const body = { ids: [message.id], add: [...add], remove: [...remove] };
    await call('setKeywords', { params: { accountId }, body });
  };

  async function send(answer: Answer) {
    const { attendee, organizer } = standing;
    const identity = identities.find((one) => one.accountId === writerId && isAmong(attendee.email, [one.email]));
    const from = { name: identity?.name || null, email: attendee.email };
    const said = `$invitation-${answer}` as const;
    const { formatReply } = await import('@/lib/client/invitation/reply');
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const { here } = formatSpan(invitation.start, invitation.end, locale, timeZone);
    const when = invitation.start.kind === 'instant' ? `${here} (${timeZone})` : here;
    const summary = invitation.summary.replace(/\p{Cc}+/gu, ' ').slice(0, 300) || t('untitled');
    const { inReplyTo, references } = answerTo(message, 'reply', []);
    const submission = await call('createSubmission', {
      params: { accountId: writerId },
      body: {
        message: {
          ...{ from, to: [organizer], inReplyTo, references, messageId: createMessageId(from.email) },
          subject: t(`answerSubject.${answer}`, { summary }),
          text: `${t(`answerText.${answer}`, { name: from.name ?? from.email, summary })}\n${when}\n`,
          calendar: formatReply(invitation, { attendee, organizer, answer, at: new Date() }),
        },
        holdMs,
        answers: writerId === accountId ? [{ messageId: message.id, keyword: said }] : [],
      },
    });
    void lookAgain();
    const before = marks.filter((mark) => message.keywords.includes(mark));
    show([said]);
    await markHere([said], before);
    const takeBack = async () => {
      await call('cancelSubmission', { params: { accountId: writerId, submissionId: submission.id } });
      show(before);
      await markHere(before, [said]);
      await lookAgain();
    };
    const text = t('answerSent', { email: displayText(organizer.email) });
    if (holdMs === 0) return void toast({ text, key: 'invitation' });
    offerOnce(
      app,
      common('undo'),
      { text, key: 'invitation', durationMs: holdMs },
      () => void takeBack().catch(failed),
    );
  }

  return {
    doing,
    async say(answer: Answer) {
      setDoing(answer);
      await send(answer).catch(failed);
      setDoing(null);
    },
  };
}
