import addressparser from 'nodemailer/lib/addressparser';
import type { EmailAddress } from '../../mail/model.ts';
import { withoutDoubles } from './answer.ts';

/** Why nothing can be sent to an address. */
export type AddressFault = 'incomplete' | 'unusable';

const mostLength = 64 * 1024;
/** What the contract takes as an address (RFC 5321 §4.1.2, without quoted local parts). */
const usable = /^[^\s<>,;:"()[\]\\@\p{Cc}]+@[^\s<>,;:"()[\]\\@\p{Cc}]+$/u;

type Entry = ReturnType<typeof addressparser>[number];

/**
 * Reads what was typed or pasted as recipients: lists with commas, semicolons or a line each, names, groups (RFC 5322 §3.4).
 * What is no address stays, as it was typed, for its writer to mend. Each address once.
 */
export function parseRecipients(text: string): EmailAddress[] {
  const words = text
    .slice(0, mostLength)
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  // Addresses with nothing but spaces between them are several; the parser would take all but one for a name.
  const isBare = words.every((word) => usable.test(word));
  const list = isBare ? words.join(', ') : text.slice(0, mostLength).replace(/[\r\n\t]+/g, ', ');
  return withoutDoubles(addressparser(list).flatMap(flatten));
}

/** What is wrong with an address as far as that can be seen; null: it can be tried. */
export function faultOf({ email }: EmailAddress): AddressFault | null {
  if (usable.test(email) && email.length <= 320) {
    const domain = email.slice(email.lastIndexOf('@') + 1);
    return /^[.-]|[.-]$|\.\./.test(domain) ? 'unusable' : null;
  }
  return email.includes('@') && !email.endsWith('@') && !email.startsWith('@') ? 'unusable' : 'incomplete';
}

/** An address as one types it, to be parsed again. */
export function formatRecipient({ name, email }: EmailAddress): string {
  if (name === null || name === '') return email;
  return `${/[",;:<>()@[\]\\.]/.test(name) ? `"${name.replace(/["\\]/g, '\\$&')}"` : name} <${email}>`;
}

function flatten(entry: Entry): EmailAddress[] {
  if (entry.group !== undefined) return entry.group.flatMap(flatten);
  const name = clean(entry.name ?? '');
  const email = clean(entry.address ?? '');
  if (email === '') return name === '' ? [] : [{ name: null, email: name }];
  return [{ name: name === '' || name === email ? null : name.slice(0, 300), email }];
}

const clean = (text: string) => text.replace(/\p{Cc}+/gu, ' ').trim();
