import type { ListResponse } from 'imapflow';
import { describe, expect, it } from 'vitest';
import { mailboxIdOf } from '../ids.ts';
import { flagOf, keywordsOf } from './keywords.ts';
import { compileQuery } from './search-query.ts';
import { translateError } from './translate-error.ts';
import { translateMailboxes } from './translate-mailbox.ts';
import { formatUidSets, parseUidSet } from './uid-set.ts';

const entry = (path: string, delimiter = '/', more: Partial<ListResponse> = {}): ListResponse => ({
  path,
  pathAsListed: path,
  name: path,
  delimiter,
  parent: [],
  parentPath: '',
  flags: new Set<string>(),
  listed: true,
  subscribed: true,
  ...more,
});
const shown = (entries: ListResponse[], prefix: string) =>
  translateMailboxes(entries, { prefix }).map(({ name, path, parentId }) => [name, path, parentId]);

describe('mailboxes', () => {
  it('do not hang below the Inbox only because their names begin with it', () => {
    expect(shown([entry('INBOX', '.'), entry('INBOX.Sent', '.'), entry('INBOX.Sent.2025', '.')], 'INBOX.')).toEqual([
      ['INBOX', 'INBOX', null],
      ['Sent', 'Sent', null],
      ['2025', 'Sent / 2025', mailboxIdOf('INBOX.Sent')],
    ]);
  });

  it('hang below the Inbox where they do', () => {
    expect(shown([entry('INBOX'), entry('INBOX/Lists')], '')).toEqual([
      ['INBOX', 'INBOX', null],
      ['Lists', 'INBOX / Lists', mailboxIdOf('INBOX')],
    ]);
  });

  it('leaves out a path that no id could name, and does not make a folder of each of its levels', () => {
    const deep = `${'a/'.repeat(5_000)}x`;
    expect(shown([entry('b'), entry(deep), entry('y'.repeat(70_000))], '').map(([name]) => name)).toEqual(['b']);
    expect(translateMailboxes([entry(`${'a/'.repeat(400)}x`)], { prefix: '' })).toHaveLength(401);
  });

  it('have their parents, listed or not', () => {
    const all = translateMailboxes([entry('a/b/c')], { prefix: '' });
    expect(all.map(({ path, isSelectable }) => [path, isSelectable])).toEqual([
      ['a / b / c', true],
      ['a / b', false],
      ['a', false],
    ]);
  });

  it('without a delimiter stand for themselves', () => {
    expect(shown([entry('a/b', '')], '')).toEqual([['a/b', 'a/b', null]]);
  });
});

describe('keywords', () => {
  it('go to flags and back', () => {
    for (const keyword of ['$seen', '$flagged', '$answered', '$draft', '$forwarded', '$junk', '$notjunk', 'work']) {
      expect(keywordsOf([flagOf(keyword)])).toEqual([keyword]);
    }
    expect(keywordsOf(['\\Deleted', '\\Recent', 'NonJunk', 'Junk', '\\Seen'])).toEqual([
      '$deleted',
      '$junk',
      '$notjunk',
      '$seen',
    ]);
  });

  it('of other clients are atoms, or none', () => {
    const flags = [
      'Work',
      'w\u200bork',
      '\u202ekrow',
      `z${'\u0301'.repeat(90)}`,
      'arbeit\u00e4',
      'x'.repeat(65),
      'a"b',
      '',
    ];
    expect(keywordsOf(flags)).toEqual(['work']);
  });
});

describe('sets of UIDs', () => {
  it('are short, sorted, and come back', () => {
    expect(formatUidSets([5, 1, 2, 3, 9, 2])).toEqual(['1:3,5,9']);
    expect(parseUidSet('1:3,5,9', 100)).toEqual([1, 2, 3, 5, 9]);
    expect(parseUidSet('9:7,x,*,2:*', 100)).toEqual([9, 8, 7]);
    expect(parseUidSet('1:4294967295', 10)).toHaveLength(10);
  });

  it('never make a line too long for a server', () => {
    const uids = Array.from({ length: 10_000 }, (_, at) => at * 2 + 1);
    const sets = formatUidSets(uids);
    expect(sets.length).toBeGreaterThan(1);
    expect(Math.max(...sets.map((set) => set.length))).toBeLessThanOrEqual(8000);
    expect(sets.flatMap((set) => parseUidSet(set, 100_000))).toEqual(uids);
  });
});

describe('queries', () => {
  const compile = (query: Parameters<typeof compileQuery>[0]) => compileQuery(query, (name) => name === 'here');
  it('become keys; a mailbox is all or nothing', () => {
    const all = { type: 'ATOM', value: 'ALL' };
    expect(compile({ type: 'in', mailbox: 'here' }).tokens).toEqual([all]);
    expect(compile({ type: 'in', mailbox: 'there' }).tokens).toEqual([{ type: 'ATOM', value: 'NOT' }, all]);
    expect(compile({ type: 'before', date: '2024-02-09' }).tokens.at(-1)).toEqual({
      type: 'ATOM',
      value: '9-Feb-2024',
    });
    expect(compile({ type: 'text', text: 'Grüße' }).isUnicode).toBe(true);
    expect(compile({ type: 'text', text: 'Greetings' }).isUnicode).toBe(false);
  });

  it('keep bounds', () => {
    const invalid = expect.objectContaining({ code: 'invalid' });
    expect(() => compile({ type: 'and', terms: Array(300).fill({ type: 'all' }) })).toThrow(invalid);
    expect(() => compile({ type: 'text', text: 'x'.repeat(65_536) })).toThrow(invalid);
    expect(() => compile({ type: 'before', date: 'yesterday' })).toThrow(invalid);
    expect(() => compile({ type: 'keyword', keyword: 'a b', isSet: true })).toThrow(invalid);
  });
});

describe('errors', () => {
  it.each([
    [{ responseStatus: 'NO', serverResponseCode: 'OVERQUOTA' }, 'overQuota'],
    [{ responseStatus: 'NO', responseText: 'Quota exceeded (mailbox for user is full)' }, 'overQuota'],
    [{ responseStatus: 'NO', responseText: "Mailbox doesn't exist: x" }, 'notFound'],
    [{ responseStatus: 'NO', responseText: 'no, because' }, 'forbidden'],
    [{ responseStatus: 'BAD', responseText: 'what?' }, 'protocol'],
    [{ authenticationFailed: true, responseStatus: 'NO' }, 'unauthenticated'],
    [{ authenticationFailed: true, responseText: 'Maximum number of connections from user+IP exceeded' }, 'busy'],
    [{ code: 'CERT_HAS_EXPIRED', tlsFailed: true }, 'certificate'],
    [{ tlsFailed: true }, 'insecure'],
    [{ code: 'ECONNREFUSED' }, 'unreachable'],
    [{ code: 'ENOTFOUND' }, 'unreachable'],
    [{ code: 'GREETING_TIMEOUT' }, 'timeout'],
    [{ code: 'LiteralTooLarge' }, 'tooLarge'],
    [{ code: 'ParserError9' }, 'protocol'],
    [{}, 'internal'],
  ])('%o is %s', (error, code) => {
    expect(translateError(Object.assign(new Error('x'), error)).code).toBe(code);
  });

  it('keep the words of the server on one line', () => {
    const error = translateError({ responseStatus: 'NO', responseText: 'first\r\n second' });
    expect(error.serverText).toBe('first second');
  });
});
