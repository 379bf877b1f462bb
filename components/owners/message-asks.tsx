'use client';

import { MailCheck } from 'lucide-react';
import { useMemo } from 'react';
import { IntlProvider, useMessages, useTranslations } from 'use-intl';
import { shortName } from '@/components/parts/address';
import { calendarPartOf } from '@/lib/client/reader/asks';
import type { Message } from '@/lib/mail/model';
import words from '@/messages/asks.en.json';
import { Invitation } from './invitation';
import { Unsubscribe } from './unsubscribe';

interface MessageAsksProps {
  accountId: string;
  message: Message;
}

/** What a message asks of its reader: to come, to stay, to tell that it was read. Its words come with it. */
export function MessageAsks(props: MessageAsksProps) {
  const known = useMessages();
  const messages = useMemo(() => ({ ...known, ...words }), [known]);
  return (
    <IntlProvider locale="en" messages={messages}>
      <Asks {...props} />
    </IntlProvider>
  );
}

function Asks({ accountId, message }: MessageAsksProps) {
  const t = useTranslations('asks');
  const [reader] = message.receiptTo;
  const part = calendarPartOf(message);
  return (
    <>
      {(message.unsubscribe !== null || reader !== undefined) && (
        <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 ps-[3.25rem] text-ink-muted text-meta touch:mt-0">
          {message.unsubscribe !== null && (
            <Unsubscribe accountId={accountId} messageId={message.id} unsubscribe={message.unsubscribe} />
          )}
          {reader !== undefined && (
            <p className="flex items-start gap-1.5 [overflow-wrap:anywhere]">
              <MailCheck size={14} aria-hidden="true" className="mt-px shrink-0" />
              {t('receipt', { name: shortName(reader) })}
            </p>
          )}
        </div>
      )}
      {part !== undefined && (
        <Invitation key={`${message.id} ${part.partId}`} accountId={accountId} messageId={message.id} part={part} />
      )}
    </>
  );
}
