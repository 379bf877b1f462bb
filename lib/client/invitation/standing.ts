import type { EmailAddress } from '../../mail/model.ts';
import type { Invitation, Invited } from './parse.ts';

/** What a person can say to an invitation, as PARTSTAT has it (RFC 5545 §3.2.12). */
export type Answer = 'accepted' | 'tentative' | 'declined';

/**
 * How the reader stands to an invitation. `invited`: as `attendee`, and `organizer` is told. `stranger`: not among those who are
 * named. `unknown`: there are more than were read. `unanswerable`: nobody, or nobody who can be written to, is to be told.
 */
export type Standing =
  | { kind: 'invited'; attendee: Invited; organizer: EmailAddress }
  | { kind: 'stranger' | 'unknown' | 'unanswerable' };

/** Null where nothing is asked: no invitation (RFC 5546 §3.2.2), or one of one's own. */
export function standingOf(invitation: Invitation, ownEmails: readonly string[]): Standing | null {
  const { method, attendees, attendeeCount, organizer, organizerCount, uid } = invitation;
  const own = new Set(ownEmails.map((email) => email.toLowerCase()));
  if (method !== 'request' || attendeeCount === 0) return null;
  const email = organizer === null ? null : mailboxOf(organizer.email);
  if (email !== null && own.has(email.toLowerCase())) return null;
  const attendee = attendees.find((one) => own.has(mailboxOf(one.email)?.toLowerCase() ?? ''));
  if (attendee === undefined) return { kind: attendeeCount > attendees.length ? 'unknown' : 'stranger' };
  if (organizer === null || email === null || organizerCount !== 1 || uid === '') return { kind: 'unanswerable' };
  const invited = { ...attendee, email: mailboxOf(attendee.email) ?? '' };
  return { kind: 'invited', attendee: invited, organizer: { name: nameOf(organizer.name), email } };
}

/** As a header takes it. */
const nameOf = (name: string) =>
  name
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 300) || null;

const plain = /^[^\s<>,;:"()[\]\\@?%\p{Cc}]{1,250}@[^\s<>,;:"()[\]\\@?%\p{Cc}]{1,250}$/u;

/** The one address of a calendar address (RFC 6068 §2), without what it would put into a header; null where it is none, or several. */
function mailboxOf(address: string): string | null {
  const [path = ''] = address.trim().split('?');
  try {
    const email = decodeURIComponent(path);
    return plain.test(email) ? email : null;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
