import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { composition } from '../../contract/writing.ts';
import { parseInvitation } from './parse.ts';
import { formatReply } from './reply.ts';
import { type Standing, standingAmong, standingOf } from './standing.ts';
import { calendar } from './testing/calendar.ts';

const organizer = 'ORGANIZER;CN=Rosa Vik:mailto:rosa@harbour.example';
const ines = 'ATTENDEE;CN=Ines;RSVP=TRUE;PARTSTAT=NEEDS-ACTION:mailto:Ines@harbour.example';
const jon = 'ATTENDEE;CN=Jon;PARTSTAT=ACCEPTED:mailto:jon@harbour.example';
const event = [
  'UID:41@harbour.example',
  'SEQUENCE:3',
  'DTSTART:20261201T100000Z',
  'DTEND:20261201T110000Z',
  'SUMMARY:Steering\\, group',
];
const own = ['ines@harbour.example'];
const standing = (lines: string[], method = 'REQUEST') => standingOf(parseInvitation(calendar(lines, { method })), own);
const at = new Date('2026-11-28T09:30:15Z');

function replyTo(text: string, answer: 'accepted' | 'tentative' | 'declined' = 'accepted'): string {
  const invitation = parseInvitation(text);
  const known = standingOf(invitation, own) as Extract<Standing, { kind: 'invited' }>;
  expect(known.kind).toBe('invited');
  const reply = formatReply(invitation, { ...known, answer, at });
  // What the server takes.
  expect(composition.shape.calendar.safeParse(reply).error).toBeUndefined();
  return reply;
}

describe('how one stands to an invitation', () => {
  it('is invited by one of one’s addresses, whatever its case', () => {
    expect(standing([...event, organizer, jon, ines])).toMatchObject({
      kind: 'invited',
      attendee: { name: 'Ines', email: 'Ines@harbour.example' },
      organizer: { name: 'Rosa Vik', email: 'rosa@harbour.example' },
    });
  });

  it('is nothing where nothing is asked, or one asks oneself', () => {
    for (const method of ['PUBLISH', 'CANCEL', 'REPLY', 'COUNTER', 'DECLINECOUNTER', 'X-REQUEST'])
      expect(standing([...event, organizer, ines], method), method).toBeNull();
    expect(standing([...event, organizer, ines, 'STATUS:CANCELLED'])).toBeNull();
    expect(standing([...event, 'ORGANIZER:MAILTO:INES@harbour.example', ines, jon])).toBeNull();
    expect(standing([...event, organizer])).toBeNull();
  });

  it('is a stranger’s, or not known, where none of one’s addresses is named', () => {
    expect(standing([...event, organizer, jon])).toEqual({ kind: 'stranger' });
    const crowd = Array.from({ length: 201 }, (_, n) => `ATTENDEE:mailto:n${n}@x.example`);
    expect(standing([...event, organizer, ...crowd, ines])).toEqual({ kind: 'unknown' });
  });

  it.each([
    ['nobody', []],
    ['two', [organizer, 'ORGANIZER:mailto:eve@x.example']],
    ['two in one', ['ORGANIZER:mailto:rosa@harbour.example,eve@x.example']],
    ['a line break', ['ORGANIZER:mailto:rosa@harbour.example%0D%0ABcc:eve@x.example']],
    ['no address', ['ORGANIZER:https://harbour.example/rosa']],
    ['half an escape', ['ORGANIZER:mailto:%zz@harbour.example']],
    ['a path', ['ORGANIZER:mailto:<rosa@harbour.example>']],
  ])('cannot be answered where the organizer is %s', (_, lines) =>
    expect(standing([...event, ...lines, ines])).toEqual({ kind: 'unanswerable' }),
  );

  it('writes to the address alone where the organizer’s would bring fields of a header', () => {
    const lines = ['ORGANIZER:mailto:rosa%2Btide@harbour.example?bcc=eve@x.example&subject=x'];
    expect(standing([...event, ...lines, ines])).toMatchObject({ organizer: { email: 'rosa+tide@harbour.example' } });
  });

  it('is invited by an address with a detail behind a plus, and answers from that', () => {
    const detailed = 'ATTENDEE;CN=Ines:mailto:ines%2Bclub@harbour.example';
    expect(standing([...event, organizer, detailed])).toMatchObject({
      attendee: { email: 'ines+club@harbour.example' },
    });
  });

  it('is another account’s of the person where that one is invited, and the account’s own where both are', () => {
    const here = { accountId: 'here', emails: own };
    const there = { accountId: 'there', emails: ['jon@harbour.example'] };
    const among = (lines: string[]) =>
      standingAmong(parseInvitation(calendar(lines, { method: 'REQUEST' })), [here, there]);
    expect(among([...event, organizer, jon])).toMatchObject({ accountId: 'there', standing: { kind: 'invited' } });
    expect(among([...event, organizer, jon, ines])).toMatchObject({ accountId: 'here', standing: { kind: 'invited' } });
    expect(among([...event, organizer, 'ATTENDEE:mailto:eve@x.example'])).toMatchObject({
      accountId: 'here',
      standing: { kind: 'stranger' },
    });
    // What one has sent out oneself is not answered by one's other account.
    expect(among([...event, 'ORGANIZER:mailto:ines@harbour.example', jon]).standing).toBeNull();
  });

  it('cannot be answered without a UID', () => {
    expect(standing([...event.slice(1), organizer, ines])).toEqual({ kind: 'unanswerable' });
  });
});

describe('an answer', () => {
  it('is the same event with the one who answers, and nobody else', () => {
    const lines = replyTo(
      calendar([...event, organizer, jon, ines, 'RRULE:FREQ=DAILY', 'LOCATION:Map room']),
      'tentative',
    ).split('\r\n');
    expect(lines).toEqual([
      'BEGIN:VCALENDAR',
      'PRODID:-//Posthorn//Posthorn//EN',
      'VERSION:2.0',
      'METHOD:REPLY',
      'BEGIN:VEVENT',
      'UID:41@harbour.example',
      'SEQUENCE:3',
      'SUMMARY:Steering\\, group',
      'DTSTART:20261201T100000Z',
      'DTEND:20261201T110000Z',
      'DTSTAMP:20261128T093015Z',
      'ORGANIZER;CN=Rosa Vik:mailto:rosa@harbour.example',
      'ATTENDEE;CN=Ines;PARTSTAT=TENTATIVE:mailto:Ines@harbour.example',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('to one of a series names it, with the zone that its times are in', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Harbour Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T000000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const other = zone.map((line) => line.replace('Harbour', 'Other'));
    const reply = replyTo(
      calendar(
        [
          ...event.filter((line) => !line.startsWith('DT')),
          organizer,
          ines,
          'DTSTART;TZID=Harbour Time:20261208T110000',
          'RECURRENCE-ID;TZID=Harbour Time:20261208T100000',
        ],
        { before: [...zone, ...other] },
      ),
    );
    expect(reply).toContain('RECURRENCE-ID;TZID=Harbour Time:20261208T100000\r\n');
    expect(reply).toContain(zone.join('\r\n'));
    expect(reply).not.toContain('Other Time');
    expect(parseInvitation(reply)).toMatchObject({ method: 'reply', attendees: [{ participation: 'accepted' }] });
  });

  it('of words that would end their line ends none', () => {
    const bell = String.fromCharCode(7);
    const evil = [
      'UID:41\\nATTENDEE:mailto:eve@x.example',
      `SUMMARY:Come\\nMETHOD:CANCEL${bell}`,
      'ORGANIZER;CN="R^nosa^\'\\nBEGIN:VALARM":mailto:rosa@harbour.example',
      'ATTENDEE;CN="Ines^nX-EVIL:1";PARTSTAT=DECLINED:mailto:ines@harbour.example',
    ];
    const reply = replyTo(calendar(['DTSTART:20261201T100000Z', ...evil]));
    const unfolded = reply.replaceAll('\r\n ', '');
    expect(unfolded.split('\r\n').map((line) => line.split(/[:;]/)[0])).toEqual([
      'BEGIN',
      'PRODID',
      'VERSION',
      'METHOD',
      'BEGIN',
      'UID',
      'SUMMARY',
      'DTSTART',
      'DTSTAMP',
      'ORGANIZER',
      'ATTENDEE',
      'END',
      'END',
      '',
    ]);
    expect(unfolded.replaceAll('\r\n', '')).not.toMatch(/\p{Cc}/u);
    const read = new ICAL.Component(ICAL.parse(reply)).getFirstSubcomponent('vevent');
    expect(read?.getFirstPropertyValue('uid')).toBe('41\nATTENDEE:mailto:eve@x.example');
    expect(read?.getAllProperties('attendee')).toHaveLength(1);
  });

  it('of long words is folded, as the server takes it', () => {
    const reply = replyTo(
      calendar(
        [...event, organizer, ines, `COMMENT:${'x'.repeat(4_000)}`].map((line) =>
          line.replace('Steering', 'Größe '.repeat(300)),
        ),
      ),
    );
    expect(reply.split('\r\n').every((line) => Buffer.byteLength(line) <= 76)).toBe(true);
    expect(
      new ICAL.Component(ICAL.parse(reply)).getFirstSubcomponent('vevent')?.getFirstPropertyValue('summary'),
    ).toMatch(/^(?:Größe ){300}, group$/);
  });
});
