'use client';

import { ReplyAll } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useMail } from '@/lib/client/app/context';
import { useAccount } from '@/lib/client/app/hooks';
import { openComposer } from '@/lib/client/compose/panels';
import type { Message } from '@/lib/mail/model';
import { displayText } from '@/lib/text/bidi';
import { askLook } from './ask-look';

/** Answers to all of a list (RFC 2369 §3.4), where an answer would not go there by itself. The address is the sender's word, so it is told. */
export function ReplyToList({ accountId, message, to }: { accountId: string; message: Message; to: string }) {
  const t = useTranslations('asks');
  const app = useMail();
  const { sending } = useAccount();
  const goesThere = message.replyTo.some(({ email }) => email.toLowerCase() === to.toLowerCase());
  if (sending === null || goesThere) return null;
  return (
    <button
      type="button"
      onClick={() => openComposer(app, { kind: 'replyList', accountId, message })}
      className={`${askLook} text-start [overflow-wrap:anywhere]`}
    >
      <ReplyAll size={14} aria-hidden="true" className="shrink-0" />
      {t('replyList', { email: displayText(to) })}
    </button>
  );
}
