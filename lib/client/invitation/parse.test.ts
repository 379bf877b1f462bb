import { describe, expect, it } from 'vitest';
import { processorMs } from '../../mail/testing/held.ts';
import type { Moment } from './moment.ts';
import { parseInvitation } from './parse.ts';
import { calendar } from './testing/calendar.ts';

const at = 'DTSTART:20261201T100000Z';
const read = (...lines: string[]) => parseInvitation(calendar([at, ...lines]));
const iso = (moment: Moment | null) =>
  moment === null ? null : new Date(moment.kind === 'instant' ? moment.ms : moment.wallMs).toISOString();

/** As Outlook writes it: a zone under a name of its own, described in the part. */
const eastern = [
  'BEGIN:VTIMEZONE',
  'TZID:Eastern Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:-0400',
  'TZOFFSETTO:-0500',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:-0500',
  'TZOFFSETTO:-0400',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

describe('what an invitation says', () => {
  it('is who, what, where and how each has answered', () => {
    const invitation = read(
      'DTEND:20261201T113000Z',
      'SUMMARY:Steering\\, group <b>',
      'LOCATION:Map room\\nsecond floor',
      'SEQUENCE:2',
      'ORGANIZER;CN="Rosa, Harbour":MAILTO:rosa@harbour.example',
      'ATTENDEE;CN=Ines;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:ines@harbour.example',
      'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:jon',
      ' @harbour.example',
    );
    expect(invitation).toMatchObject({
      method: 'request',
      isUpdate: true,
      summary: 'Steering, group <b>',
      location: 'Map room\nsecond floor',
      organizer: { name: 'Rosa, Harbour', email: 'rosa@harbour.example' },
      attendees: [
        { name: 'Ines', email: 'ines@harbour.example', participation: 'accepted' },
        { name: '', email: 'jon@harbour.example', participation: 'unanswered' },
      ],
      attendeeCount: 2,
      repeats: null,
      moreEvents: 0,
    });
    expect([iso(invitation.start), iso(invitation.end)]).toEqual([
      '2026-12-01T10:00:00.000Z',
      '2026-12-01T11:30:00.000Z',
    ]);
  });

  it.each([
    ['REQUEST', 'request'],
    ['cancel', 'cancel'],
    ['REPLY', 'reply'],
    ['COUNTER', 'counter'],
    ['PUBLISH', 'event'],
    ['X-NONSENSE', 'event'],
  ])('METHOD:%s is %s', (method, expected) =>
    expect(parseInvitation(calendar([at], { method })).method).toBe(expected),
  );

  it('is a cancellation where its status says so, and one of a series where it names it', () => {
    expect(read('STATUS:CANCELLED').method).toBe('cancel');
    expect(iso(read('RECURRENCE-ID:20261208T100000Z').occurrence)).toBe('2026-12-08T10:00:00.000Z');
  });
});

describe('when it is', () => {
  const start = (line: string, before: string[] = []) => parseInvitation(calendar([line], { before })).start;

  it('is by the zone that IANA knows, through summer and winter', () => {
    expect(iso(start('DTSTART;TZID=America/New_York:20260701T090000'))).toBe('2026-07-01T13:00:00.000Z');
    expect(iso(start('DTSTART;TZID=America/New_York:20261201T090000'))).toBe('2026-12-01T14:00:00.000Z');
    expect(start('DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Oslo:20261201T090000')).toMatchObject({
      zone: 'Europe/Oslo',
    });
    // Twice, and never: clocks go back on 25 October, and forward on 29 March.
    expect(iso(start('DTSTART;TZID=Europe/Oslo:20261025T023000'))).toBe('2026-10-25T00:30:00.000Z');
    expect(iso(start('DTSTART;TZID=Europe/Oslo:20260329T023000'))).toBe('2026-03-29T01:30:00.000Z');
  });

  it('is by the zone that the part describes, where nobody else knows it', () => {
    const line = (day: string) => `DTSTART;TZID=Eastern Standard Time:${day}T090000`;
    expect(iso(start(line('20260701'), eastern))).toBe('2026-07-01T13:00:00.000Z');
    expect(iso(start(line('20261201'), eastern))).toBe('2026-12-01T14:00:00.000Z');
    expect(start(line('20261201'))).toEqual({
      kind: 'floating',
      wallMs: Date.UTC(2026, 11, 1, 9),
      zone: 'Eastern Standard Time',
    });
  });

  it('is a day, or any clock’s time, where no zone is named', () => {
    expect(start('DTSTART;VALUE=DATE:20261201')).toEqual({ kind: 'day', wallMs: Date.UTC(2026, 11, 1) });
    expect(start('DTSTART:20261201T090000')).toMatchObject({ kind: 'floating', zone: null });
    const whole = parseInvitation(calendar(['DTSTART;VALUE=DATE:20261201']));
    expect(iso(whole.end)).toBe('2026-12-02T00:00:00.000Z');
    expect(iso(read('DURATION:PT1H30M').end)).toBe('2026-12-01T11:30:00.000Z');
    expect(read('DURATION:-PT5M').end).toBeNull();
  });
});

describe('how it comes again', () => {
  it.each([
    ['FREQ=DAILY', { every: 'day', interval: 1 }],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH', { every: 'week', interval: 2, days: [{ weekday: 2 }, { weekday: 4 }] }],
    ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=6', { every: 'month', days: [{ weekday: 5, nth: -1 }], count: 6 }],
    ['FREQ=MONTHLY;BYMONTHDAY=15', { every: 'month', monthDay: 15 }],
    ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1', { every: 'year', days: [], monthDay: null }],
    ['FREQ=YEARLY;BYDAY=2SU;BYMONTH=3', { every: 'other' }],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', { every: 'other' }],
    ['FREQ=SECONDLY', { every: 'other' }],
    ['FREQ=DAILY;INTERVAL=99999999', { every: 'other' }],
  ])('%s', (rule, expected) => expect(read(`RRULE:${rule}`).repeats).toMatchObject(expected));

  it('may have an end', () => {
    expect(iso(read('RRULE:FREQ=DAILY;UNTIL=20261224T100000Z').repeats?.until ?? null)).toBe(
      '2026-12-24T10:00:00.000Z',
    );
    expect(read('RDATE:20261208T100000Z').repeats).toMatchObject({ every: 'other' });
  });
});

describe('hostile calendars', () => {
  it('of 100,000 people, events, zones and rules cost little', () => {
    const started = process.cpuUsage();
    const people = Array.from({ length: 100_000 }, (_, n) => `ATTENDEE;CN=N${n}:mailto:n${n}@x.example`);
    const crowd = read(...people.slice(0, 49_000));
    expect([crowd.attendees.length, crowd.attendeeCount]).toEqual([200, 49_000]);
    // Of a part longer than any is, the beginning is read.
    expect(read(...people).attendeeCount).toBeGreaterThan(49_000);
    const many = [at, 'END:VEVENT', 'BEGIN:VEVENT'];
    expect(
      parseInvitation(
        calendar(
          Array.from({ length: 10_000 }, () => many)
            .flat()
            .concat(at),
        ),
      ).moreEvents,
    ).toBe(10_000);
    read('RRULE:FREQ=SECONDLY', 'RRULE:FREQ=MINUTELY', `RDATE:${'20261208T100000Z,'.repeat(400)}20261208T100000Z`);
    read(`DESCRIPTION:${'x'.repeat(2_000_000)}`, `ATTACH;ENCODING=BASE64:${'A'.repeat(2_000_000)}`);
    expect(processorMs(started)).toBeLessThan(10_000);
  });

  it('whose zone never stops to change is not followed', () => {
    const endless = eastern.map((line) => line.replace('FREQ=YEARLY;INTERVAL=1', 'FREQ=SECONDLY'));
    const started = process.cpuUsage();
    const { start } = parseInvitation(
      calendar(['DTSTART;TZID=Eastern Standard Time:20261201T090000'], { before: endless }),
    );
    expect(start.kind).toBe('instant');
    expect(processorMs(started)).toBeLessThan(2_000);
  });

  it('are refused where there is nothing to show', () => {
    for (const text of [
      '',
      'hello',
      'BEGIN:VCALENDAR\r\nEND:VCALENDAR',
      calendar(['SUMMARY:No time']),
      calendar(['DTSTART:soon']),
    ]) {
      expect(() => parseInvitation(text), text).toThrow();
    }
  });

  it('keep their markup as text', () => {
    const script = '<img src=x onerror=alert(1)>';
    expect(read(`SUMMARY:${script}`, `LOCATION:${script}`)).toMatchObject({ summary: script, location: script });
  });
});
