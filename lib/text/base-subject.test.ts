import { expect, test } from 'vitest';
import { processorMs } from '../mail/testing/held.ts';
import { baseSubjectOf } from './base-subject.ts';

test.each([
  ['Tide tables', 'Tide tables'],
  ['Re: Tide tables', 'Tide tables'],
  ['RE : Fwd:  AW: Re[2]: Tide   tables', 'Tide tables'],
  ['[quay] Re: [quay] Tide tables', 'Tide tables'],
  ['Re: [quay] Tide tables [final]', 'Tide tables [final]'],
  ['[quay]', '[quay]'],
  ['Re:', ''],
  ['回复：潮汐表', '潮汐表'],
  ['Antw: Wg (3): Tide', 'Tide'],
  ['Really: no', 'Really: no'],
  ['Resume: attached', 'Resume: attached'],
  ['[Fwd: Tide]', 'Tide'],
  ['Tide (fwd) (fwd)', 'Tide'],
  ['', ''],
])('%j is about %j', (subject, base) => expect(baseSubjectOf(subject)).toBe(base));

test('a subject of marks alone ends soon', () => {
  const before = process.cpuUsage();
  expect(baseSubjectOf('Re: '.repeat(100_000))).toBe('');
  expect(baseSubjectOf(`${'[a]'.repeat(100_000)}b`).length).toBeLessThan(500);
  expect(processorMs(before)).toBeLessThan(1_000);
});
