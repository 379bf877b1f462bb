/** Of a calendar text what is read of it, in lines; `attendeeCount` and `eventCount` are of all there were. */
export interface SiftedCalendar {
  text: string;
  attendeeCount: number;
  eventCount: number;
}

const maxLines = 50_000;
const maxLineLength = 8_192;
const mostAttendees = 200;
const mostEvents = 20;
const mostZones = 10;
const mostObservances = 60;

const properties = new Set(
  `METHOD UID SEQUENCE SUMMARY LOCATION DTSTART DTEND DURATION STATUS ORGANIZER ATTENDEE COMMENT RECURRENCE-ID RRULE RDATE
   TZID TZOFFSETFROM TZOFFSETTO`.split(/\s+/),
);
const inside: Record<string, string[]> = {
  '': ['VCALENDAR'],
  VCALENDAR: ['VEVENT', 'VTIMEZONE'],
  VTIMEZONE: ['STANDARD', 'DAYLIGHT'],
};

/**
 * Keeps the lines of a calendar that an invitation is told by, and bounds them, so that what parses them sees no more: the
 * first 20 events with 200 people each, no attachments, alarms, or lines over 8 KiB, and of time zones only rules that
 * come once a year. Linear in the length.
 */
export function siftCalendar(calendar: string): SiftedCalendar {
  const kept: string[] = [];
  const open: string[] = [];
  const counts = { calendars: 0, attendees: 0, events: 0, zones: 0, observances: 0, attendeesKept: 0 };
  let skipped = 0;

  const begin = (name: string) => {
    const isWanted = (inside[open.at(-1) ?? ''] ?? []).includes(name) && hasRoom(name);
    if (skipped > 0 || !isWanted) {
      skipped += 1;
      return;
    }
    if (name === 'VEVENT') counts.attendeesKept = 0;
    open.push(name);
    kept.push(`BEGIN:${name}`);
  };
  const hasRoom = (name: string) => {
    if (name === 'VCALENDAR') return ++counts.calendars === 1;
    if (name === 'VEVENT') return ++counts.events <= mostEvents;
    if (name === 'VTIMEZONE') return ++counts.zones <= mostZones;
    if (name === 'STANDARD' || name === 'DAYLIGHT') return ++counts.observances <= mostObservances;
    return true;
  };
  const end = () => {
    if (skipped > 0) skipped -= 1;
    else if (open.length > 0) kept.push(`END:${open.pop()}`);
  };
  const property = (name: string, line: string) => {
    const place = open.at(-1) ?? '';
    if (name === 'ATTENDEE' && place === 'VEVENT') {
      counts.attendees += 1;
      if (++counts.attendeesKept > mostAttendees) return;
    }
    const isRule = name === 'RRULE' && (place === 'STANDARD' || place === 'DAYLIGHT');
    if (isRule && !/[:;]FREQ=YEARLY(?:;|$)/i.test(line)) return;
    kept.push(line);
  };

  for (const line of calendar
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n', maxLines)) {
    const match = /^([A-Za-z0-9-]{1,60})[;:]/.exec(line);
    const name = match?.[1]?.toUpperCase();
    if (name === undefined) continue;
    if (name === 'BEGIN') begin(line.slice(6).trim().toUpperCase());
    else if (name === 'END') end();
    else if (skipped === 0 && open.length > 0 && properties.has(name) && line.length <= maxLineLength)
      property(name, line);
  }
  while (open.length > 0) kept.push(`END:${open.pop()}`);
  return { text: kept.join('\r\n'), attendeeCount: counts.attendees, eventCount: counts.events };
}
