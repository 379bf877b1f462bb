import { expect, test } from 'vitest';
import { parseRange, resolveRange } from './byte-range.ts';

const resolved = (header: string, size: number) => {
  const asked = parseRange(header);
  return asked && resolveRange(asked, size);
};

test.each([
  ['bytes=0-9', 100, { first: 0, last: 9 }],
  ['bytes=90-', 100, { first: 90, last: 99 }],
  ['bytes=-10', 100, { first: 90, last: 99 }],
  ['bytes=-1000', 100, { first: 0, last: 99 }],
  ['bytes=99-1000', 100, { first: 99, last: 99 }],
])('%s of %i bytes', (header, size, range) => {
  expect(resolved(header, size)).toEqual(range);
});

test.each([
  ['bytes=100-', 100],
  ['bytes=-0', 100],
  ['bytes=0-0', 0],
  ['bytes=-5', 0],
])('%s of %i bytes names none', (header, size) => {
  expect(parseRange(header)).not.toBeNull();
  expect(resolved(header, size)).toBeNull();
});

test.each([
  null,
  '',
  'bytes=',
  'bytes=-',
  'bytes=5-4',
  'bytes=0-1,5-6',
  'items=0-1',
  'bytes=a-b',
  'bytes=1e3-',
  `bytes=${'9'.repeat(40)}-`,
])('the header "%s" is ignored', (header) => {
  expect(parseRange(header)).toBeNull();
});
