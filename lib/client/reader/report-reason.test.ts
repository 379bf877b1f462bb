import { expect, it } from 'vitest';
import { reportReason } from './report-reason.ts';

it.each([
  ['5.1.1', 'noAddress'],
  ['5.1.2', 'noDomain'],
  ['5.1.10', 'noDomain'],
  ['5.2.1', 'closed'],
  ['4.2.2', 'full'],
  ['5.2.3', 'tooLarge'],
  ['5.3.4', 'tooLarge'],
  ['4.4.7', 'unreachable'],
  ['5.7.26', 'refused'],
  ['5.0.0', 'other'],
  [null, 'other'],
])('%s is told as %s', (status, reason) => {
  expect(reportReason({ status })).toBe(reason);
});
