import type { EmailAddress } from '../../mail/model.ts';
import { isAmong } from '../compose/plus-address.ts';
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
  const isOwn = (email: string | null) => email !== null && isAmong(email, ownEmails);
  if (method !== 'request' || attendeeCount === 0) return null;
  const email = organizer === null ? null : mailboxOf(organizer.email);
  if (isOwn(email)) return null;
  const attendee = attendees.find((one) => isOwn(mailboxOf(one.email)));
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

/** Somebody whom the person can write as. */
export interface Writer {
  accountId: string;
  emails: readonly string[];
}

/**
 * The same for a person with several accounts, the first of which has the invitation: where another one is invited, that one
 * answers.
 */
export function standingAmong(
  invitation: Invitation,
  [first, ...others]: readonly [Writer, ...Writer[]],
): { accountId: string; standing: Standing | null } {
  const { accountId, emails } = first;
  const own = { accountId, standing: standingOf(invitation, emails) };
  if (own.standing === null || own.standing.kind === 'invited') return own;
  const all = others.map((one) => ({ accountId: one.accountId, standing: standingOf(invitation, one.emails) }));
  return all.find(({ standing }) => standing?.kind === 'invited') ?? own;
}
