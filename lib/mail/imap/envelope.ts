import type { ImapAttribute, ImapAttributeList } from 'imapflow';
import { parseDate } from '../mime/dates.ts';
import { decodeHeader } from '../mime/encoded-word.ts';
import { parseMessageIds } from '../mime/message-ids.ts';
import type { EmailAddress } from '../model.ts';
import type { Facts } from './facts.ts';
import { listOf } from './wire.ts';

type Envelope = Pick<
  Facts,
  'subject' | 'sentAt' | 'from' | 'sender' | 'replyTo' | 'to' | 'cc' | 'bcc' | 'inReplyTo' | 'messageId'
>;

const maxAddresses = 500;
const maxSubjectLength = 2000;

/** ENVELOPE (RFC 9051 §7.5.2) in our words; encoded words and 8-bit junk decoded, group markers dropped. Never throws. */
export function translateEnvelope(list: ImapAttributeList): Envelope {
  const from = addressesOf(list[2]);
  return {
    sentAt: parseDate(bytesOf(list[0])?.toString() ?? null),
    subject: decode(list[1]).slice(0, maxSubjectLength),
    from,
    // Servers fill these two from From where the message has none (RFC 9051 §7.5.2): that says nothing.
    sender: unlessSame(addressesOf(list[3]), from),
    replyTo: unlessSame(addressesOf(list[4]), from),
    to: addressesOf(list[5]),
    cc: addressesOf(list[6]),
    bcc: addressesOf(list[7]),
    inReplyTo: parseMessageIds(bytesOf(list[8])?.toString() ?? null),
    messageId: parseMessageIds(bytesOf(list[9])?.toString() ?? null)[0] ?? null,
  };
}

function bytesOf(token: ImapAttribute | undefined): string | Buffer | null {
  if (!token || Array.isArray(token)) return null;
  return typeof token.value === 'string' || Buffer.isBuffer(token.value) ? token.value : null;
}

/** Dovecot sends 8-bit text as a literal, whose bytes are kept; a quoted string arrives decoded as UTF-8. */
function decode(token: ImapAttribute | undefined): string {
  const value = bytesOf(token);
  return value === null ? '' : decodeHeader(typeof value === 'string' ? Buffer.from(value, 'utf8') : value);
}

function addressesOf(token: ImapAttribute | undefined): EmailAddress[] {
  const addresses: EmailAddress[] = [];
  for (const entry of listOf(token) ?? []) {
    const fields = listOf(entry);
    if (!fields || addresses.length > maxAddresses) continue;
    const name = decode(fields[0]) || null;
    const local = decode(fields[2]);
    const host = decode(fields[3]);
    // A NIL host marks the begin or end of a group (RFC 9051 §7.5.2); Dovecot gives MISSING_DOMAIN for a bare word.
    if (!host) continue;
    const isBare = host === 'MISSING_DOMAIN' || host === '.MISSING-HOST-NAME.';
    const email = isBare ? '' : `${local}@${host}`;
    addresses.push({ name: name ?? (isBare ? local : null), email });
  }
  return addresses;
}

const unlessSame = (addresses: EmailAddress[], from: EmailAddress[]): EmailAddress[] =>
  addresses.length === from.length && addresses.every(({ email }, at) => email === from[at]?.email) ? [] : addresses;
