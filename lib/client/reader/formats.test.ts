import { expect, test } from 'vitest';
import { kindOf } from './attachment-kind.ts';
import { formatWhen } from './format-date.ts';
import { formatSize } from './format-size.ts';
import { partUrl, rawUrl, zipUrl } from './message-urls.ts';

test('sizes are written as people write them', () => {
  const sizes = [0, 1, 999, 1_000, 412_345, 999_999, 1_800_000, 12_345_678, 3_200_000_000];
  expect(sizes.map((size) => formatSize(size, 'en'))).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1 kB',
    '412 kB',
    '1 MB',
    '1.8 MB',
    '12 MB',
    '3.2 GB',
  ]);
});

test('a date is as short as it may be', () => {
  const now = new Date(2026, 10, 23, 12, 0);
  const when = (date: Date) => formatWhen(date.toISOString(), 'en-GB', now);
  expect(when(new Date(2026, 10, 23, 9, 58))).toBe('Today 09:58');
  expect(when(new Date(2026, 10, 22, 23, 59))).toBe('Yesterday 23:59');
  expect(when(new Date(2026, 10, 24, 8, 0))).toBe('24 Nov, 08:00');
  expect(when(new Date(2026, 0, 2, 8, 0))).toBe('2 Jan, 08:00');
  expect(when(new Date(2024, 0, 2, 8, 0))).toBe('2 Jan 2024');
  expect(formatWhen('not a date', 'en-GB', now)).toBe('');
});

test('an attachment is told by its type, or by its ending where the type says nothing', () => {
  expect(kindOf('application/pdf', null)).toBe('pdf');
  expect(kindOf('APPLICATION/OCTET-STREAM', 'Plan.DOCX')).toBe('document');
  expect(kindOf('text/plain', 'main.ts')).toBe('code');
  expect(kindOf('text/plain', null)).toBe('text');
  expect(kindOf('application/x-unknown', 'no ending')).toBe('file');
});

test('ids are one segment of an address, whatever they hold', () => {
  expect(partUrl('a/b', 'm?1', '2.1', true)).toBe('/api/accounts/a%2Fb/messages/m%3F1/parts/2.1?inline=true');
  expect(rawUrl('a', 'ü#')).toBe('/api/accounts/a/messages/%C3%BC%23/raw');
});

test('a ZIP names its parts while an address can hold them', () => {
  expect(zipUrl('a', 'm', ['2', '3.1'])).toBe('/api/accounts/a/messages/m/attachments.zip?parts=2%2C3.1');
  expect(zipUrl('a', 'm', ['2.1'], '2')).toBe('/api/accounts/a/messages/m/attachments.zip?parts=2.1&within=2');
  const thousand = Array.from({ length: 1_000 }, (_, at) => String(at + 2));
  expect(zipUrl('a', 'm', thousand)).toBe('/api/accounts/a/messages/m/attachments.zip?');
});
