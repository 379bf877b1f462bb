'use client';

import { MailCheck } from 'lucide-react';
import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { shortName } from '@/components/parts/address';
import { Bar } from '@/components/parts/bar';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useMailboxes, useSession } from '@/lib/client/app/hooks';
import { isAmong } from '@/lib/client/compose/plus-address';
import { ownEmailsOf, senderOf } from '@/lib/client/compose/senders';
import { withKeywords } from '@/lib/client/list/thread-row';
import { identityFor, knownIdentities } from '@/lib/client/people/identities';
import { queryKeys } from '@/lib/client/query-keys';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import { sendReceipt } from '@/lib/client/reader/send-receipt';
import { sentences } from '@/lib/contract/sentences';
import type { EmailAddress, Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { offerOnce } from './offer-undo';

interface ReceiptProps {
  accountId: string;
  message: Message;
  to: EmailAddress;
}

/** Set where the one who asks was told, or is not to be told (RFC 3503). */
const answered = '$mdnsent';

/** Asks whether the sender is to be told that the message was read; nobody is told without the press. */
export function Receipt({ accountId, message, to }: ReceiptProps) {
  const t = useTranslations('asks');
  const { sending } = useAccount();
  const mailbox = useMailboxes(accountId).mailboxes?.find(({ id }) => id === message.mailboxId);
  const { doing, send, decline } = useAnswer({ accountId, message, to });
  const isOut = mailbox === undefined || ['sent', 'drafts', 'junk'].includes(mailbox.role ?? '');
  const ownEmails = ownEmailsOf(useSession());
  if (isOut || message.keywords.includes(answered) || isAmong(to.email, ownEmails)) return null;
  const isSender = message.from.some(({ email }) => email.toLowerCase() === to.email.toLowerCase());
  const name = shortName(message.from[0] ?? to);
  // Without its mark it would be asked for, and could be sent, again and again.
  const isPossible = sending !== null && mailbox.rights.mayMakeKeywords;
  return (
    <div className="mt-4">
      <Bar
        icon={<MailCheck size={16} aria-hidden="true" />}
        tone="plain"
        end={
          isPossible && (
            <span className="flex flex-wrap gap-1">
              <Button look="link" size="small" isBusy={doing === 'send'} disabled={doing !== null} onClick={send}>
                {t('sendReceipt')}
              </Button>
              <Button
                look="quiet"
                size="small"
                isBusy={doing === 'decline'}
                disabled={doing !== null}
                onClick={decline}
              >
                {t('noReceipt')}
              </Button>
            </span>
          )
        }
      >
        {t('receipt', { name })}
        {!isSender && ` ${t('receiptElsewhere', { email: displayText(to.email) })}`}
      </Bar>
    </div>
  );
}

/** Sends it, or marks that none is to be sent; both can be taken back. */
function useAnswer({ accountId, message, to }: ReceiptProps) {
  const app = useMail();
  const t = useTranslations('asks');
  const common = useTranslations('common');
  const locale = regionalLocale(useLocale());
  const session = useSession();
  const [doing, setDoing] = useState<'send' | 'decline' | null>(null);
  const holdMs = session.settings.undoSeconds * 1_000;
  const params = { accountId, messageId: message.id };
  const show = (isAnswered: boolean) =>
    app.queries.setQueryData<Message>(queryKeys.message(accountId, message.id), (known) =>
      known === undefined ? undefined : withKeywords(known, isAnswered ? [answered] : [], isAnswered ? [] : [answered]),
    );
  const failed = (thrown: unknown) => {
    const { code } = asApiError(thrown);
    toast({ tone: 'problem', text: code === 'offline' ? t('offline') : sentences[code].title, key: 'receipt' });
  };
  const attempt = async (what: 'send' | 'decline', work: () => Promise<void>) => {
    setDoing(what);
    await work().catch(failed);
    setDoing(null);
  };
  /** Says that it was done, with Undo for as long as it can be undone. */
  const tell = (text: string, durationMs: number, undo: () => Promise<unknown>) => {
    if (durationMs === 0) return void toast({ text, key: 'receipt' });
    offerOnce(
      app,
      common('undo'),
      { text, key: 'receipt', durationMs },
      () => void undo().then(() => show(false), failed),
    );
  };

  async function send() {
    const start = { kind: 'reply' as const, accountId, message };
    const identity = identityFor(await knownIdentities(app.queries), accountId, message);
    const from = senderOf(session, accountId, start, ownEmailsOf(session), identity);
    const subject =
      message.subject
        .replace(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, 500) || t('untitled');
    const on = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
    const when = on.format(new Date(message.sentAt ?? message.receivedAt));
    const submission = await sendReceipt(params, {
      ...{ from, holdMs },
      subject: t('receiptSubject', { subject }),
      text: t('receiptText', { email: from.email, when, subject }),
    });
    const lookAgain = () => app.queries.invalidateQueries({ queryKey: queryKeys.submissions(accountId) });
    void lookAgain();
    show(true);
    const takeBack = { params: { accountId, submissionId: submission.id } };
    tell(t('receiptSent', { email: displayText(to.email) }), holdMs, async () => {
      await call('cancelSubmission', takeBack);
      await lookAgain();
    });
  }

  async function decline() {
    const mark = (add: string[], remove: string[]) =>
      call('setKeywords', { params: { accountId }, body: { ids: [message.id], add, remove } });
    await mark([answered], []);
    show(true);
    tell(t('receiptDeclined'), 8_000, () => mark([], [answered]));
  }

  return {
    doing,
    send: () => void attempt('send', send),
    decline: () => void attempt('decline', decline),
  };
}
