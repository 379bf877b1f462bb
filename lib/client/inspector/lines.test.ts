import { expect, test } from 'vitest';
import { hintOf } from './hints.ts';
import { addRows, type ExchangeRow, filterRows, formatRows, maxRows } from './lines.ts';

const line = (text: string, more: object = {}) => ({
  type: 'line' as const,
  number: 1,
  atMs: 0,
  connection: 'IMAP 1',
  direction: 'client' as const,
  text,
  sizeBytes: text.length + 2,
  ...more,
});
const hints = (rows: readonly ExchangeRow[]) => rows.map((row) => (row.type === 'line' ? row.hint : 'skipped'));

test('a command is told by its verb and its protocol, an answer is not', () => {
  const pop3 = { connection: 'POP3 4' };
  expect(hintOf(line('UID FETCH 1:3 (FLAGS)'))).toBe('fetch');
  expect(hintOf(line('fetch 1:3 (FLAGS)'))).toBe('fetch');
  expect([hintOf(line('LIST "" *')), hintOf(line('LIST', pop3))]).toEqual(['folders', 'sizes']);
  expect([hintOf(line('UID EXPUNGE 7')), hintOf(line('RETR 3', pop3))]).toEqual(['expunge', 'retr']);
  expect([hintOf(line('QUIT', pop3)), hintOf(line('QUIT', { connection: 'SMTP 1' }))]).toEqual(['quit', 'leave']);
  expect(hintOf(line('RCPT TO:<bob@example.org>', { connection: 'SMTP 1' }))).toBe('recipient');
  expect(hintOf(line('UIDL'))).toBeNull();
  expect(hintOf(line('SELECT', { direction: 'server' }))).toBeNull();
  expect(hintOf(line('constructor'))).toBeNull();
});

test('the words stand beside the first of several like commands, on each connection', () => {
  const other = { connection: 'IMAP 2' };
  const answer = { direction: 'server' };
  const first = addRows([], [line('NOOP'), line('OK', answer), line('NOOP'), line('NOOP', other)], 1);
  expect(hints(first)).toEqual(['noop', null, null, 'noop']);
  const then = addRows(first, [line('NOOP'), line('SELECT INBOX'), line('NOOP')], 5);
  expect(hints(then).slice(4)).toEqual([null, 'select', 'noop']);
  expect(then.map(({ key }) => key)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('2,000 lines stay, the newest', () => {
  const rows = addRows(
    addRows([], [line('a')], 0),
    Array.from({ length: maxRows }, () => line('b')),
    1,
  );
  expect(rows).toHaveLength(maxRows);
  expect(rows.some((row) => row.type === 'line' && row.text === 'a')).toBe(false);
});

test('a filter looks at all that a line shows', () => {
  const rows = addRows([], [line('SELECT INBOX', { tag: 'A7' }), line('OK', { direction: 'server' })], 1);
  const found = (words: string) => filterRows(rows, words).length;
  expect(['select', 'a7', 'S:', 'imap 1', ' ', 'nothing'].map(found)).toEqual([1, 1, 1, 2, 2, 0]);
});

test('what is copied reads as the RFCs write an exchange', () => {
  const rows = addRows([], [line('SELECT INBOX', { tag: 'A7' }), { type: 'skipped', number: 2, lines: 9 }], 1);
  expect(formatRows(rows)).toBe('1970-01-01T00:00:00.000Z IMAP 1 C: A7 SELECT INBOX\n… 9 lines not shown');
});
