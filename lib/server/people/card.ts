import type { ContactRequest, ImportReason } from '../../contract/contacts.ts';
import { contactLimits } from '../../contract/contacts.ts';
import { email as emailShape } from '../../contract/writing.ts';
import type { JcardProperty } from './jcard.ts';

/** What one card or row of a file says. `number` counts cards and rows from 1. */
export interface ReadCard extends Omit<ContactRequest, 'groupIds'> {
  number: number;
  others: JcardProperty[];
  groups: string[];
  uid: string | null;
  /** It stands for a group of cards of the same file: whom it names. */
  members: string[] | null;
  hasPicture: boolean;
  /** An address of it was none. */
  hasBadAddress: boolean;
}

/** One that was not taken. */
export interface NotRead {
  number: number;
  name: string;
  reason: ImportReason;
}

/** Other properties of a card are kept up to so many characters of JSON. */
const othersLength = 20_000;

/** Puts together what a file says, within the bounds of a contact; what is no address is left out, and told. */
export function makeCard(
  number: number,
  said: {
    name: string;
    organization?: string;
    emails: { kind: string; email: string }[];
    phones: { kind: string; number: string }[];
    note?: string;
    others?: JcardProperty[];
    groups?: string[];
  },
): ReadCard {
  const written = said.emails
    .map(({ kind, email }) => ({ kind: emailKind(kind), email: plain(email, 320).replace(/^mailto:/i, '') }))
    .filter(({ email }) => email !== '');
  const emails = written.filter(({ email }) => emailShape.safeParse(email).success);
  const phones = said.phones
    .map(({ kind, number: text }) => ({ kind: phoneKind(kind), number: plain(text, 100).replace(/^tel:/i, '') }))
    .filter((phone) => phone.number !== '');
  const others: JcardProperty[] = [];
  let left = othersLength;
  for (const property of said.others ?? []) {
    left -= JSON.stringify(property).length;
    if (left >= 0) others.push(property);
  }
  return {
    number,
    name: plain(said.name, contactLimits.nameLength),
    organization: plain(said.organization ?? '', contactLimits.nameLength),
    emails: unlike(emails, ({ email }) => email.toLowerCase()).slice(0, contactLimits.emails),
    phones: unlike(phones, (phone) => phone.number).slice(0, contactLimits.phones),
    note: (said.note ?? '').replaceAll('\0', '').trim().slice(0, contactLimits.noteLength),
    others,
    groups: (said.groups ?? []).map((group) => plain(group, contactLimits.nameLength)).filter((group) => group !== ''),
    uid: null,
    members: null,
    hasPicture: false,
    hasBadAddress: emails.length < written.length,
  };
}

/** On one line, without what no name has. */
const plain = (text: string, max: number): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, max);

function unlike<T>(items: T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();
}

/** By the words that programs write, in types and labels (RFC 6350 §6.4.1). */
function emailKind(words: string): 'home' | 'work' | 'other' {
  if (/work|business|company|\bother\b.*2/i.test(words)) return 'work';
  return /home|personal|private/i.test(words) ? 'home' : 'other';
}

function phoneKind(words: string): 'home' | 'work' | 'mobile' | 'other' {
  return /cell|mobil|iphone/i.test(words) ? 'mobile' : emailKind(words);
}
