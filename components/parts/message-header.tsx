import { ChevronDown, HardDrive } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '@/components/ui/avatar';
import type { EmailAddress, Message, MessageSummary } from '@/lib/mail/model';
import { avatarOf } from '@/lib/text/initials';
import { LocalTime } from './local-time';
import { otherSenders, recipientsLine } from './people-lines';
import { Sender } from './sender';

const MessageDetails = dynamic(() => import('./message-details').then((module) => module.MessageDetails), {
  ssr: false,
});

/** Who wrote, to whom and when. What the list knows stands at once; the rest comes with the message. */
export function MessageHeader({
  message,
  isWhole,
  ownEmails,
  onAddContact,
}: {
  message: MessageSummary & Partial<Message>;
  isWhole: boolean;
  ownEmails: readonly string[];
  /** Absent where nobody is to be added from. */
  onAddContact?: (person: EmailAddress) => void;
}) {
  const t = useTranslations('reader');
  const list = useTranslations('list');
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const from = message.from[0];
  const recipients = recipientsLine(message, ownEmails, t);
  const others = otherSenders(message, t);
  const { initials, hue } = avatarOf(from?.name ?? null, from?.email ?? '');
  return (
    <header>
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3">
        <span className="row-span-5 pt-0.5">
          <Avatar initials={initials} hue={hue} size={40} />
        </span>
        <p className="contents @xl:col-start-2 @xl:flex @xl:min-w-0 @xl:flex-wrap @xl:items-baseline @xl:gap-x-1.5">
          <Sender from={from} none={t('noSender')} />
        </p>
        <span className="col-start-3 row-start-1 flex items-center gap-1.5 self-start pt-0.5 text-ink-muted text-meta">
          {message.location === 'here' && <HardDrive size={13} aria-label={list('onlyHere')} className="opacity-70" />}
          <LocalTime iso={message.receivedAt} className="tabular-nums" />
        </span>
        {others.map((line) => (
          <p key={line} className="col-span-2 col-start-2 text-ink-2 text-meta [overflow-wrap:anywhere]">
            {line}
          </p>
        ))}
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          aria-label={`${recipients.names} ${recipients.rest} – ${isOpen ? t('hideDetails') : t('showDetails')}`}
          disabled={!isWhole}
          onClick={() => setOpen(!isOpen)}
          className="-mx-1 col-span-2 col-start-2 flex max-w-full items-center gap-0.5 justify-self-start rounded-[4px] px-1 text-ink-muted text-meta hover:text-ink-2 touch:min-h-8"
        >
          <span className="truncate">{recipients.names}</span>
          {recipients.rest !== '' && <span className="shrink-0 whitespace-pre"> {recipients.rest}</span>}
          <ChevronDown size={14} className={`shrink-0 transition-transform ${isOpen ? 'rotate-180' : ''}`} />
        </button>
      </div>
      <div id={id}>{isOpen && <MessageDetails message={message} onAddContact={onAddContact} />}</div>
    </header>
  );
}
