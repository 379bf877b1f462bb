import ICAL from 'ical.js';
import { isKnownZone, type Moment, momentOfWall } from './moment.ts';
import { type Repeats, repeatsOf } from './repeats.ts';
import { siftCalendar } from './sift.ts';

export type Participation = 'accepted' | 'declined' | 'tentative' | 'delegated' | 'unanswered';

export interface Invited {
  name: string;
  email: string;
  participation: Participation;
}

/** What a calendar part asks or tells (RFC 5546 §1.4). `event`: it asks for nothing. */
export interface Invitation {
  method: 'request' | 'cancel' | 'reply' | 'counter' | 'event';
  /** It takes the place of an earlier one (SEQUENCE). */
  isUpdate: boolean;
  isTentative: boolean;
  summary: string;
  location: string;
  comment: string;
  organizer: Omit<Invited, 'participation'> | null;
  /** More than one is against RFC 5545 §3.6.1. */
  organizerCount: number;
  /** The first 200 of `attendeeCount`. */
  attendees: Invited[];
  attendeeCount: number;
  start: Moment;
  /** The first moment after it, or the day after its last; null where it has no length. */
  end: Moment | null;
  repeats: Repeats | null;
  /** It is about this one of a series. */
  occurrence: Moment | null;
  /** So many events stand in the part besides. */
  moreEvents: number;
  uid: string;
  /** The calendar, sifted: what an answer is made of. */
  source: string;
}

const maxText = 2_000;

/** Reads a calendar part (RFC 5545, RFC 5546). Throws what ical.js throws, or TypeError, where there is no event to show. */
export function parseInvitation(calendar: string): Invitation {
  const { text, attendeeCount, eventCount } = siftCalendar(calendar);
  const { root, event } = eventOf(text);
  const read = (name: string) => momentOf(root, event.getFirstProperty(name));
  const start = read('dtstart');
  if (start === null) throw new TypeError('an event without a beginning');
  const status = textOf(event, 'status').toUpperCase();
  const attendees = event.getAllProperties('attendee').map(invitedOf);
  const organizers = event.getAllProperties('organizer');
  return {
    method: status === 'CANCELLED' ? 'cancel' : (methods[textOf(root, 'method').toUpperCase()] ?? 'event'),
    isUpdate: Number(textOf(event, 'sequence')) > 0,
    isTentative: status === 'TENTATIVE',
    summary: textOf(event, 'summary'),
    location: textOf(event, 'location'),
    comment: textOf(event, 'comment'),
    organizer: organizers[0] === undefined ? null : invitedOf(organizers[0]),
    organizerCount: organizers.length,
    attendees,
    attendeeCount: Math.max(attendeeCount, attendees.length),
    start,
    end: read('dtend') ?? after(start, event.getFirstPropertyValue('duration')),
    repeats: repeatsOf(event, start),
    occurrence: read('recurrence-id'),
    moreEvents: eventCount - 1,
    uid: textOf(event, 'uid'),
    source: text,
  };
}

/** The event that a sifted calendar is about: of a series the series, not one of its changes. Throws as `parseInvitation` does. */
export function eventOf(text: string): { root: ICAL.Component; event: ICAL.Component } {
  const component = new ICAL.Component(ICAL.parse(text));
  const root = component.name === 'vcalendar' ? component : component.getFirstSubcomponent('vcalendar');
  const events = root?.getAllSubcomponents('vevent') ?? [];
  const event = events.find((one) => !one.hasProperty('recurrence-id')) ?? events[0];
  if (root == null || event === undefined) throw new TypeError('no event in this calendar');
  return { root, event };
}

const methods: Record<string, Invitation['method']> = {
  REQUEST: 'request',
  CANCEL: 'cancel',
  DECLINECOUNTER: 'event',
  REPLY: 'reply',
  COUNTER: 'counter',
};

function textOf(component: ICAL.Component, name: string): string {
  const value = component.getFirstPropertyValue(name);
  return value === null ? '' : String(value).slice(0, maxText).trim();
}

function invitedOf(property: ICAL.Property): Invited {
  const email = String(property.getFirstValue() ?? '').replace(/^mailto:/i, '');
  const name = property.getFirstParameter('cn') ?? '';
  const state = (property.getFirstParameter('partstat') ?? '').toLowerCase();
  const known: Participation[] = ['accepted', 'declined', 'tentative', 'delegated'];
  return {
    name: name.slice(0, maxText).trim(),
    email: email.slice(0, 320),
    participation: known.find((one) => one === state) ?? 'unanswered',
  };
}

/** A date or date-time with the zone that its TZID names: as IANA has it, else as the part itself describes it. */
function momentOf(root: ICAL.Component, property: ICAL.Property | null): Moment | null {
  const value = property?.getFirstValue();
  if (property === null || !(value instanceof ICAL.Time)) return null;
  const wallMs = wallOf(value);
  if (Number.isNaN(wallMs)) return null;
  if (value.isDate) return { kind: 'day', wallMs };
  if (value.zone === ICAL.Timezone.utcTimezone) return { kind: 'instant', ms: wallMs, wallMs: null, zone: null };
  const tzid = property.getFirstParameter('tzid')?.slice(0, 100) ?? null;
  const iana = ianaOf(tzid);
  if (iana !== null) return { kind: 'instant', ms: momentOfWall(wallMs, iana), wallMs, zone: iana };
  const described = root.getAllSubcomponents('vtimezone').find((zone) => zone.getFirstPropertyValue('tzid') === tzid);
  if (tzid === null || described === undefined) return { kind: 'floating', wallMs, zone: tzid };
  const offset = new ICAL.Timezone({ component: described, tzid }).utcOffset(value);
  return { kind: 'instant', ms: wallMs - offset * 1_000, wallMs, zone: tzid };
}

/** Some programs write a path of their own before the name (`/freeassociation.sourceforge.net/Europe/Oslo`). */
function ianaOf(tzid: string | null): string | null {
  if (tzid === null) return null;
  const tail = /(?:^|\/)([A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2})$/.exec(tzid)?.[1];
  return [tzid, tail].find((name) => name !== undefined && isKnownZone(name)) ?? null;
}

/** The wall clock's fields as if in UTC; NaN beyond what a Date holds. */
function wallOf({ year, month, day, hour, minute, second }: ICAL.Time): number {
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  wall.setUTCHours(hour, minute, second);
  return wall.getTime();
}

const maxDurationSeconds = 10 * 366 * 86_400;

function after(start: Moment, duration: unknown): Moment | null {
  const isDuration = duration instanceof ICAL.Duration;
  const seconds = isDuration ? duration.toSeconds() : start.kind === 'day' ? 86_400 : 0;
  if (!(seconds > 0 && seconds <= maxDurationSeconds)) return null;
  const ms = seconds * 1_000;
  if (start.kind !== 'instant') return { ...start, wallMs: start.wallMs + ms };
  return { ...start, ms: start.ms + ms, wallMs: start.wallMs === null ? null : start.wallMs + ms };
}
