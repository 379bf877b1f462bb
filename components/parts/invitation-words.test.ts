import { createTranslator } from 'use-intl/core';
import { expect, test } from 'vitest';
import type { Repeats } from '../../lib/client/invitation/repeats.ts';
import words from '../../messages/asks.en.json';
import { repeatsSentence } from './invitation-words.ts';

const t = createTranslator({ locale: 'en', messages: words, namespace: 'asks' });
const once: Repeats = { every: 'week', interval: 1, days: [], monthDay: null, count: null, until: null };
const sentence = (repeats: Partial<Repeats>) =>
  repeatsSentence({ ...once, ...repeats }, t as Parameters<typeof repeatsSentence>[1], 'en-GB', 'Europe/Oslo');
const days = (...list: [weekday: number, nth?: number][]) => list.map(([weekday, nth = null]) => ({ weekday, nth }));

test.each<[string, Partial<Repeats>]>([
  ['Every day', { every: 'day' }],
  ['Every 3 days, 5 times', { every: 'day', interval: 3, count: 5 }],
  ['Every day, once', { every: 'day', count: 1 }],
  ['Every week', {}],
  ['Every week on Monday, Wednesday and Sunday', { days: days([1], [3], [0]) }],
  ['Every weekday, Monday to Friday', { days: days([1], [2], [3], [4], [5]) }],
  ['Every month on the 2nd Tuesday', { every: 'month', days: days([2, 2]) }],
  ['Every 2 months on the last Friday', { every: 'month', interval: 2, days: days([5, -1]) }],
  ['Every month on the 2nd last Friday', { every: 'month', days: days([5, -2]) }],
  ['Every month on day 15', { every: 'month', monthDay: 15 }],
  ['Every year', { every: 'year' }],
  ['It comes again, by a rule that is told in the calendar file', { every: 'other' }],
])('%s', (expected, repeats) => expect(sentence(repeats)).toBe(expected));

test('a series ends on a day', () => {
  const until = { kind: 'instant', ms: Date.UTC(2026, 11, 24, 10), wallMs: null, zone: null } as const;
  expect(sentence({ until })).toBe('Every week, until 24 December 2026');
});
