import { useTranslations } from 'use-intl';
import { nameOf } from '@/lib/client/format/person';
import type { EmailAddress } from '@/lib/mail/model';

/** The people of a row in one line: "Marta Kowalska, Jon", or "To: …" where it is about recipients. */
export function usePeople(people: readonly EmailAddress[], areRecipients: boolean): string {
  const t = useTranslations('list');
  const names = people.slice(0, 4).map(nameOf).filter(Boolean);
  if (names.length === 0) return t(areRecipients ? 'noRecipients' : 'noSender');
  const line = names.length === 1 ? names.join('') : names.map((name) => firstWord(name)).join(', ');
  return areRecipients ? t('to', { names: line }) : line;
}

/** Who wrote in a conversation, the person as "me": "Marta, me, Jon"; of many the first and the last. */
export function useWriters(people: readonly EmailAddress[], ownEmails: readonly string[]): string {
  const t = useTranslations('list');
  const names = people.map((person) =>
    ownEmails.includes(person.email.toLowerCase()) ? t('me') : firstWord(nameOf(person)),
  );
  const known = names.filter(Boolean);
  if (known.length === 0) return t('noSender');
  if (people.length === 1 && known[0] !== t('me')) return people.map(nameOf).join('');
  return known.length <= 4 ? known.join(', ') : `${known[0]} … ${known.slice(-2).join(', ')}`;
}

const firstWord = (name: string): string => (name.includes('@') ? name : (name.split(' ')[0] ?? name));
