import { MailError } from './errors.ts';

const encode = (text: string) => Buffer.from(text, 'utf8').toString('base64url');

function decode(text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw malformed();
  const decoded = bytes.toString('utf8');
  if (encode(decoded) !== text) throw malformed();
  return decoded;
}

const malformed = () => new MailError('notFound', 'malformed id');
const parseNumber = (text: string | undefined): number => {
  const value = text && /^[0-9a-z]{1,7}$/.test(text) ? Number.parseInt(text, 36) : Number.NaN;
  if (!Number.isInteger(value) || value < 1 || value > 0xffffffff || value.toString(36) !== text) throw malformed();
  return value;
};

/** The opaque, URL-safe id of a mailbox: `m` and its path in base64url, so that every path has one, the empty one too. */
export const mailboxIdOf = (path: string): string => `m${encode(path)}`;

/** The mailbox path in an id. Throws `notFound` for an id that we did not make. */
export function parseMailboxId(id: string): string {
  if (!/^m[\w-]*$/.test(id)) throw malformed();
  return decode(id.slice(1));
}

/** What makes an IMAP message id safe: mailbox, UIDVALIDITY and UID (RFC 9051 §2.3.1.1). */
export interface ImapMessageRef {
  path: string;
  uidValidity: number;
  uid: number;
}

export const imapMessageIdOf = (ref: ImapMessageRef): string =>
  `${mailboxIdOf(ref.path)}.${ref.uidValidity.toString(36)}.${ref.uid.toString(36)}`;

/** Throws `notFound` for an id that we did not make. */
export function parseImapMessageId(id: string): ImapMessageRef {
  const [mailbox, uidValidity, uid, ...rest] = id.split('.');
  if (mailbox === undefined || rest.length > 0) throw malformed();
  return { path: parseMailboxId(mailbox), uidValidity: parseNumber(uidValidity), uid: parseNumber(uid) };
}

/** A POP3 message id carries the unique-id (RFC 1939 §7), or the digest that stands in for it. */
export const pop3MessageIdOf = (uidl: string): string => `p${encode(uidl)}`;

/** The unique-id in a POP3 message id. Throws `notFound` for an id that we did not make. */
export function parsePop3MessageId(id: string): string {
  if (!/^p[\w-]+$/.test(id)) throw malformed();
  return decode(id.slice(1));
}
