import { describe, expect, it } from 'vitest';
import { parseDate, receivedDateOf } from './dates.ts';

describe('parseDate', () => {
  it.each([
    ['Sat, 20 Nov 2021 14:22:01 -0800', '2021-11-20T22:22:01.000Z'],
    ['20 Nov 2021 14:22 +0530', '2021-11-20T08:52:00.000Z'],
    ['Sat, 20 Nov 2021 14:22:01 GMT', '2021-11-20T14:22:01.000Z'],
    ['Sat, 20 Nov 2021 14:22:01 EST', '2021-11-20T19:22:01.000Z'],
    ['Sat, 20 Nov 2021 14:22:01 +0100 (CET)', '2021-11-20T13:22:01.000Z'],
    ['Sat,20 Nov 21 14:22:01 -0000', '2021-11-20T14:22:01.000Z'],
    ['Fri, 31 Dec 99 23:59:60 GMT', '1999-12-31T23:59:59.000Z'],
    ['Tue,  1 Jul 2003 10:52:37 +0200', '2003-07-01T08:52:37.000Z'],
    ['1-Jul-2003 10:52:37 +0200', '2003-07-01T08:52:37.000Z'],
    ['Sat, 20 November 2021 2:22:01 PM +0000', '2021-11-20T14:22:01.000Z'],
    ['2021-11-20T14:22:01Z', '2021-11-20T14:22:01.000Z'],
    ['2021-11-20T14:22:01+02:00', '2021-11-20T12:22:01.000Z'],
    ['Thu Nov 4 12:00:00 1999 GMT', '1999-11-04T12:00:00.000Z'],
    ['Sat, 20 Nov 2021 14:22:01 +9999', '2021-11-20T14:22:01.000Z'],
    ['Thu, 01 Jan 1970 00:00:00 +0000', null],
    ['Sat, 20 Foo 2021 14:22:01 +0000', null],
    ['32 Nov 2021 25:22:01', null],
    ['yesterday', null],
    ['', null],
    [null, null],
    ['0'.repeat(100_000), null],
  ])('reads %j as %j', (raw, iso) => {
    expect(parseDate(raw)).toBe(iso);
  });
});

describe('receivedDateOf', () => {
  const now = '2026-11-23T12:00:00.000Z';
  const received = 'from a by b; (x) id 1; Mon, 23 Nov 2026 10:00:00 +0000';

  it('prefers the stamp of the last server, then the date of the sender, then the fallback', () => {
    expect(receivedDateOf(received, '2020-01-01T00:00:00.000Z', now)).toBe('2026-11-23T10:00:00.000Z');
    expect(receivedDateOf(null, '2020-01-01T00:00:00.000Z', now)).toBe('2020-01-01T00:00:00.000Z');
    expect(receivedDateOf('garbage', null, now)).toBe(now);
  });

  it('does not believe a date of the future', () => {
    expect(receivedDateOf(null, '2038-01-01T00:00:00.000Z', now)).toBe(now);
    expect(receivedDateOf('x; Fri, 01 Jan 2038 00:00:00 +0000', '2026-11-22T00:00:00.000Z', now)).toBe(
      '2026-11-22T00:00:00.000Z',
    );
  });
});
