import { describe, expect, it } from 'vitest';
import {
  imapMessageIdOf,
  mailboxIdOf,
  parseImapMessageId,
  parseMailboxId,
  parsePop3MessageId,
  pop3MessageIdOf,
} from './ids.ts';

const names = [
  '',
  'INBOX',
  'a:b',
  'a.b/c',
  '100%',
  'a b',
  '.',
  '..',
  '/',
  '\\',
  '?&=#',
  '"quoted"',
  "it's",
  'Entwürfe',
  'e\u0301',
  'Папка/東京',
  '👩‍👩‍👧',
  'm',
  '-_~',
  '\r\n',
  '\0',
  '\u202e',
  'x'.repeat(200),
  '日'.repeat(200),
];
const notOurs = expect.objectContaining({ name: 'MailError', code: 'notFound' });

describe('mailbox ids', () => {
  it.each(names)('carry %j there and back, in characters that a URL leaves alone', (name) => {
    const id = mailboxIdOf(name);
    expect(id).toMatch(/^[\w-]+$/);
    expect(encodeURIComponent(id)).toBe(id);
    expect(parseMailboxId(id)).toBe(name);
  });

  it('are different for names that differ in normalisation or case only', () => {
    expect(new Set(['é', 'e\u0301', 'A', 'a', 'a ', 'a'].map(mailboxIdOf)).size).toBe(5);
  });

  it.each([
    '',
    'SU5CT1g',
    'xSU5CT1g',
    'mSU5CT1g=',
    'mSU5CT1h', // the last character carries bits beyond the bytes
    'mSU5CT1g.1.1',
    'mSU5C T1g',
    'mSU5CT1g\n',
    'm_w', // no UTF-8
    'm4pyT/',
    'm..',
    `m${'A'.repeat(5)}`,
  ])('refuse the forged %j as notFound', (id) => {
    expect(() => parseMailboxId(id)).toThrowError(notOurs);
  });
});

describe('message ids of IMAP', () => {
  it.each(names)('carry the mailbox %j, UIDVALIDITY and UID there and back', (path) => {
    for (const [uidValidity, uid] of [
      [1, 1],
      [1_700_000_000, 42],
      [0xffffffff, 0xffffffff],
    ] as const) {
      const id = imapMessageIdOf({ path, uidValidity, uid });
      expect(encodeURIComponent(id)).toBe(id);
      expect(parseImapMessageId(id)).toEqual({ path, uidValidity, uid });
    }
  });

  const id = imapMessageIdOf({ path: 'INBOX', uidValidity: 7, uid: 9 });
  it.each([
    'mSU5CT1g',
    'mSU5CT1g.7',
    'mSU5CT1g..9',
    'mSU5CT1g.7.',
    'mSU5CT1g.0.9',
    'mSU5CT1g.7.0',
    'mSU5CT1g.07.9',
    'mSU5CT1g.7.9.1',
    'mSU5CT1g.-7.9',
    'mSU5CT1g.7.9 ',
    'mSU5CT1g.7.1E',
    'mSU5CT1g.7.zzzzzzz',
    'mSU5CT1g.7.1z141z4', // 2^32
    'pSU5CT1g',
    '__proto__',
  ])('refuse the forged %j as notFound', (forged) => {
    expect(parseImapMessageId(id)).toEqual({ path: 'INBOX', uidValidity: 7, uid: 9 });
    expect(() => parseImapMessageId(forged)).toThrowError(notOurs);
  });
});

describe('message ids of POP3', () => {
  it.each(names.filter((name) => name !== ''))('carry the unique-id %j there and back', (uidl) => {
    expect(parsePop3MessageId(pop3MessageIdOf(uidl))).toBe(uidl);
  });

  it.each(['', 'p', 'mSU5CT1g', 'pSU5CT1h', 'p=', 'pSU5CT1g.7.9'])('refuse the forged %j as notFound', (forged) => {
    expect(() => parsePop3MessageId(forged)).toThrowError(notOurs);
  });
});

it('an id of one protocol is none of the other', () => {
  expect(() => parsePop3MessageId(mailboxIdOf('INBOX'))).toThrowError(notOurs);
  expect(() => parseMailboxId(pop3MessageIdOf('INBOX'))).toThrowError(notOurs);
});
