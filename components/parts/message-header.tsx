import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Avatar } from '@/components/ui/avatar';
import { formatFullDate, formatWhen } from '@/lib/client/reader/format-date';
import type { Message, MessageSummary } from '@/lib/mail/model';
import { avatarOf } from '@/lib/text/initials';
import { shortName } from './address';
import { MessageDetails } from './message-details';

const namedRecipients = 3;

/** Who wrote, to whom and when. What the list knows stands at once; the rest comes with the message. */
export function MessageHeader({
  message,
  isWhole,
  ownEmails,
}: {
  message: MessageSummary & Partial<Message>;
  isWhole: boolean;
  ownEmails: readonly string[];
}) {
  const t = useTranslations('reader');
  const locale = useLocale();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const from = message.from[0];
  const { initials, hue } = avatarOf(from?.name ?? null, from?.email ?? '');
  return (
    <header>
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3">
        <Avatar initials={initials} hue={hue} size={40} />
        <div className="min-w-0">
          <p className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
            {from === undefined ? (
              <span className="text-ink-muted">{t('noSender')}</span>
            ) : (
              <>
                {from.name !== null && from.name !== '' && from.name !== from.email && (
                  <bdi className="min-w-0 max-w-full truncate font-semibold">{from.name}</bdi>
                )}
                <bdi
                  className={`min-w-0 max-w-full truncate ${from.name ? 'text-ink-muted' : 'font-semibold'}`}
                  data-tip={from.email.length > 40 ? from.email : undefined}
                >
                  {from.email}
                </bdi>
              </>
            )}
          </p>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={isOpen ? t('hideDetails') : t('showDetails')}
            disabled={!isWhole}
            onClick={() => setOpen(!isOpen)}
            className="-mx-1 flex max-w-full items-center gap-0.5 rounded-[4px] px-1 text-ink-muted text-meta hover:text-ink-2 touch:min-h-8"
          >
            <span className="truncate">{recipientsLine(message, ownEmails, t)}</span>
            <ChevronDown size={14} className={`shrink-0 transition-transform ${isOpen ? 'rotate-180' : ''}`} />
          </button>
        </div>
        <time
          dateTime={message.receivedAt}
          data-tip={formatFullDate(message.receivedAt, locale)}
          className="self-start pt-0.5 text-ink-muted text-meta tabular-nums"
        >
          {formatWhen(message.receivedAt, locale)}
        </time>
      </div>
      <div id={id}>{isOpen && <MessageDetails message={message} />}</div>
    </header>
  );
}

function recipientsLine(
  { to, cc = [] }: MessageSummary & Partial<Message>,
  ownEmails: readonly string[],
  t: ReturnType<typeof useTranslations<'reader'>>,
): string {
  const everyone = [...to, ...cc];
  if (everyone.length === 0) return t('toNobody');
  const own = new Set(ownEmails.map((email) => email.toLowerCase()));
  const isMine = (email: string) => own.has(email.toLowerCase());
  // "me" first: whether a mail is for oneself is what one looks for.
  const ordered = [...everyone.filter(({ email }) => isMine(email)), ...everyone.filter(({ email }) => !isMine(email))];
  const shown = ordered.length <= namedRecipients + 1 ? ordered : ordered.slice(0, namedRecipients);
  const names = shown.map((address) => (isMine(address.email) ? t('me') : shortName(address))).join(', ');
  const rest = ordered.length - shown.length;
  return rest === 0 ? t('to', { names }) : t('toMore', { names, count: rest });
}
