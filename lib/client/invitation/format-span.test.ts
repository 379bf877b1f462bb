import { expect, test } from 'vitest';
import { formatLeaf, formatSpan } from './format-span.ts';
import type { Moment } from './moment.ts';

const instant = (text: string, wall: string | null, zone: string | null): Moment => ({
  kind: 'instant',
  ms: Date.parse(text),
  wallMs: wall === null ? null : Date.parse(`${wall}Z`),
  zone,
});
const span = (start: Moment, end: Moment | null) => {
  const { here, there } = formatSpan(start, end, 'en-GB', 'Europe/Oslo');
  // Versions of CLDR differ in spaces, commas and "at".
  const plain = (text: string) =>
    text.replace(/[\u2009\u202f]/g, ' ').replace(/ at |, | – /g, (sign) => (sign === ' – ' ? '–' : ' '));
  return [plain(here), ...(there === null ? [] : [`${plain(there.when)} ${there.zone}`])];
};

test('a moment is told by the reader’s clock, and by the sender’s where that differs', () => {
  const start = instant('2026-12-01T14:00:00Z', '2026-12-01T09:00:00', 'America/New_York');
  const end = instant('2026-12-01T15:30:00Z', '2026-12-01T10:30:00', 'America/New_York');
  expect(span(start, end)).toEqual(['Tuesday 1 December 2026 15:00–16:30', '09:00–10:30 America/New_York']);
  expect(span(instant('2026-12-01T14:00:00Z', '2026-12-01T15:00:00', 'Europe/Berlin'), null)).toEqual([
    'Tuesday 1 December 2026 15:00',
  ]);
  expect(span(instant('2026-12-01T14:00:00Z', null, null), null)).toHaveLength(1);
});

test('where it is another day for the sender, the day is told too', () => {
  const [here, there] = span(instant('2026-12-01T23:30:00Z', '2026-12-01T15:30:00', 'America/Los_Angeles'), null);
  expect(here).toBe('Wednesday 2 December 2026 00:30');
  expect(there).toBe('Tuesday 1 December 2026 15:30 America/Los_Angeles');
});

test('days, and times of no zone, are the same everywhere', () => {
  const day = (text: string): Moment => ({ kind: 'day', wallMs: Date.parse(text) });
  expect(span(day('2026-12-01'), day('2026-12-02'))).toEqual(['Tuesday 1 December 2026']);
  expect(span(day('2026-12-01'), day('2026-12-04'))[0]).toMatch(/1.+3 December 2026/);
  const floating: Moment = { kind: 'floating', wallMs: Date.UTC(2026, 11, 1, 9), zone: null };
  expect(span(floating, null)).toEqual(['Tuesday 1 December 2026 09:00']);
  expect(formatLeaf(floating, 'en-GB', 'Pacific/Auckland')).toEqual({ month: 'Dec', day: '1' });
});
