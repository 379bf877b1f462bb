import ICAL from 'ical.js';
import type { EmailAddress } from '../../mail/model.ts';
import { eventOf, type Invitation, type Invited } from './parse.ts';
import type { Answer } from './standing.ts';

/** What RFC 5546 §3.2.3 wants or lets stand in an answer, and what its readers show. */
const copied = ['uid', 'recurrence-id', 'sequence', 'summary', 'dtstart', 'dtend', 'duration'];

interface Reply {
  attendee: Pick<Invited, 'name' | 'email'>;
  organizer: EmailAddress;
  answer: Answer;
  /** DTSTAMP: when it was said. */
  at: Date;
}

/** The answer for the organizer (METHOD:REPLY): the same event, and of all who are invited only the one who answers. */
export function formatReply({ source }: Invitation, { attendee, organizer, answer, at }: Reply): string {
  const { root, event } = eventOf(source);
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('prodid', '-//Posthorn//Posthorn//EN');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('method', 'REPLY');
  const reply = new ICAL.Component('vevent');
  for (const name of copied) {
    const property = event.getFirstProperty(name);
    if (property !== null) reply.addProperty(new ICAL.Property(structuredClone(property.toJSON()), reply));
  }
  reply.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(at, true));
  reply.addProperty(person('organizer', organizer.name ?? '', organizer.email));
  const own = person('attendee', attendee.name, attendee.email);
  own.setParameter('partstat', answer.toUpperCase());
  reply.addProperty(own);
  for (const zone of zonesOf(root, reply)) calendar.addSubcomponent(new ICAL.Component(structuredClone(zone.toJSON())));
  calendar.addSubcomponent(reply);
  // Whatever the sender wrote, a line ends where we end it.
  return `${calendar.toString().replace(/\r(?!\n)|(?<!\r)\n|[^\P{Cc}\r\n\t]/gu, '')}\r\n`;
}

function person(kind: 'organizer' | 'attendee', name: string, email: string): ICAL.Property {
  const property = new ICAL.Property(kind);
  property.setValue(`mailto:${email}`);
  const shown = name.replace(/[\p{Cc}"]+/gu, ' ').trim();
  if (shown !== '') property.setParameter('cn', shown);
  return property;
}

/** The zones that its times name. */
function zonesOf(root: ICAL.Component, reply: ICAL.Component): ICAL.Component[] {
  const named = new Set(reply.getAllProperties().map((property) => property.getFirstParameter('tzid')));
  return root.getAllSubcomponents('vtimezone').filter((zone) => named.has(String(zone.getFirstPropertyValue('tzid'))));
}
