import type { useTranslations } from 'use-intl';
import type { EmailAddress, Message, MessageSummary } from '@/lib/mail/model';
import { isolated } from '@/lib/text/bidi';
import { shortName } from './address';

type Words = ReturnType<typeof useTranslations<'reader'>>;
type Shown = MessageSummary & Partial<Message>;

const namedRecipients = 3;
const namedSenders = 5;

/** Who else is named as writing or sending: a mail that is not what it seems is often told by this (RFC 5322 §3.6.2). */
export function otherSenders({ from, sender = [] }: Shown, t: Words): string[] {
  const written = ({ name, email }: EmailAddress) =>
    isolated(name === null || name === '' ? email : `${name} <${email}>`);
  const lines: string[] = [];
  if (from.length > 1) lines.push(t('alsoFrom', { names: from.slice(1, namedSenders).map(written).join(', ') }));
  const others = sender.filter(({ email }) => !from.some((one) => one.email.toLowerCase() === email.toLowerCase()));
  if (others.length > 0) lines.push(t('sentBy', { names: others.slice(0, namedSenders).map(written).join(', ') }));
  return lines;
}

/** "to me, X, Y", and how many more. The person stands first: whether a mail is for oneself is what one looks for. */
export function recipientsLine(
  { to, cc = [] }: Shown,
  ownEmails: readonly string[],
  t: Words,
): { names: string; rest: string } {
  const everyone = [...to, ...cc];
  if (everyone.length === 0) return { names: t('toNobody'), rest: '' };
  const own = new Set(ownEmails.map((email) => email.toLowerCase()));
  const isMine = (email: string) => own.has(email.toLowerCase());
  const ordered = [...everyone.filter(({ email }) => isMine(email)), ...everyone.filter(({ email }) => !isMine(email))];
  const shown = ordered.length <= namedRecipients + 1 ? ordered : ordered.slice(0, namedRecipients);
  const names = shown.map((address) => (isMine(address.email) ? t('me') : shortName(address))).join(', ');
  const rest = ordered.length - shown.length;
  return { names: t('to', { names }), rest: rest === 0 ? '' : t('andMore', { count: rest }) };
}
