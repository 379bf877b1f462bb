import { HardDrive, UserPlus } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { IconButton } from '@/components/ui/icon-button';
import { formatFullDate } from '@/lib/client/reader/format-date';
import { formatSize } from '@/lib/client/reader/format-size';
import { regionalLocale } from '@/lib/client/reader/regional-locale';
import type { EmailAddress, Message, MessageSummary } from '@/lib/mail/model';
import { Address } from './address';

/** Every address and date of the message, unfolded. */
export function MessageDetails({
  message,
  onAddContact,
}: {
  message: MessageSummary & Partial<Message>;
  onAddContact: ((person: EmailAddress) => void) | undefined;
}) {
  const t = useTranslations('reader');
  const list = useTranslations('list');
  const locale = regionalLocale(useLocale());
  const people: [string, EmailAddress[]][] = [
    [t('fields.from'), message.from],
    [t('fields.sender'), differs(message.sender, message.from)],
    [t('fields.replyTo'), differs(message.replyTo, message.from)],
    [t('fields.to'), message.to],
    [t('fields.cc'), message.cc ?? []],
    [t('fields.bcc'), message.bcc ?? []],
  ];
  const facts: [string, string | null][] = [
    [t('fields.received'), formatFullDate(message.receivedAt, locale)],
    [t('fields.sent'), message.sentAt === null ? null : formatFullDate(message.sentAt, locale)],
    [t('fields.size'), formatSize(message.sizeBytes, locale)],
    [t('fields.messageId'), message.messageId ?? null],
  ];
  return (
    <div className="mt-3 rounded-box border border-line px-4 py-3 text-list">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        {people
          .filter(([, addresses]) => addresses.length > 0)
          .map(([label, addresses]) => (
            <Field key={label} label={label}>
              <ul className={addresses.length > 6 ? '@2xl:columns-2' : undefined}>
                {addresses.map((address) => (
                  <li className="break-inside-avoid" key={`${address.email} ${address.name ?? ''}`}>
                    <Address address={address} />
                    {onAddContact !== undefined && message.from.includes(address) && address.email !== '' && (
                      <IconButton
                        size="small"
                        className="-my-1.5 ms-1 align-middle"
                        label={t('addContact')}
                        icon={<UserPlus size={15} />}
                        onClick={() => onAddContact(address)}
                      />
                    )}
                  </li>
                ))}
              </ul>
            </Field>
          ))}
        {facts
          .filter((fact): fact is [string, string] => fact[1] !== null)
          .map(([label, value]) => (
            <Field key={label} label={label}>
              <bdi className="text-ink-2 [overflow-wrap:anywhere]">{value}</bdi>
            </Field>
          ))}
      </dl>
      {message.location === 'here' && (
        <p className="mt-1.5 flex items-center gap-1.5 text-ink-2">
          <HardDrive size={13} aria-hidden="true" className="shrink-0 text-ink-muted" />
          {list('onlyHere')}
        </p>
      )}
    </div>
  );
}

function Field({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

/** A Sender or Reply-To is worth a line only where it is another one than From (RFC 5322 §3.6.2). */
function differs(addresses: EmailAddress[] | undefined, from: EmailAddress[]): EmailAddress[] {
  const same = (addresses ?? []).every(({ email }) => from.some((other) => other.email === email));
  return same ? [] : (addresses ?? []);
}
