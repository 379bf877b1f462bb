import { describe, expect, it } from 'vitest';
import { formatQuery, parseQuery, type Query, termsOf, wordsOf } from '../query.ts';

const today = '2026-03-31';
const parse = (text: string) => parseQuery(text, { today });
const text = (word: string): Query => ({ type: 'text', text: word });
const isLabel = (keyword: string) => ({ type: 'keyword', keyword, isSet: true }) satisfies Query;

describe('parseQuery', () => {
  const cases: [string, Query][] = [
    ['', { type: 'all' }],
    ['  \u0000\r\n ', { type: 'all' }],
    ['hello', text('hello')],
    ['hello world', { type: 'and', terms: [text('hello'), text('world')] }],
    ['"hello world"', text('hello world')],
    ['“hello world”', text('hello world')],
    ['"never closed', text('never closed')],
    ['from:ann@example.org', { type: 'from', text: 'ann@example.org' }],
    ['FROM:Ann', { type: 'from', text: 'Ann' }],
    ['from: ann', { type: 'from', text: 'ann' }],
    ['to:"Ann Lee"', { type: 'to', text: 'Ann Lee' }],
    [
      'subject:(a b)',
      {
        type: 'and',
        terms: [
          { type: 'subject', text: 'a' },
          { type: 'subject', text: 'b' },
        ],
      },
    ],
    [
      'from:(a OR b)',
      {
        type: 'or',
        terms: [
          { type: 'from', text: 'a' },
          { type: 'from', text: 'b' },
        ],
      },
    ],
    ['in:"Old mail"', { type: 'in', mailbox: 'Old mail' }],
    ['has:attachment', { type: 'hasAttachment' }],
    ['has:nothing', text('has:nothing')],
    ['is:unread', { type: 'keyword', keyword: '$seen', isSet: false }],
    ['is:starred', { type: 'keyword', keyword: '$flagged', isSet: true }],
    ['-is:answered', { type: 'keyword', keyword: '$answered', isSet: false }],
    ['is:purple', text('is:purple')],
    ['label:Tax', isLabel('tax')],
    ['label:"Tax 2026"', isLabel('tax_2026')],
    ['-label:tax', { ...isLabel('tax'), isSet: false }],
    ['label:Größe', isLabel('gr&apya3w-e')],
    ['label:$label1', isLabel('$label1')],
    ['label:"To do"', { type: 'or', terms: [isLabel('to_do'), isLabel('$label4')] }],
    ['keyword:tax', isLabel('tax')],
    ['before:2026-02-03', { type: 'before', date: '2026-02-03' }],
    ['after:2026/2/3', { type: 'after', date: '2026-02-03' }],
    ['after:2026', { type: 'after', date: '2026-01-01' }],
    ['after:2026-02-30', text('after:2026-02-30')],
    ['older_than:7d', { type: 'before', date: '2026-03-24' }],
    ['newer_than:1m', { type: 'after', date: '2026-02-28' }],
    ['newer_than:2y', { type: 'after', date: '2024-03-31' }],
    ['larger:10M', { type: 'larger', sizeBytes: 10 * 1024 * 1024 }],
    ['smaller:500k', { type: 'smaller', sizeBytes: 500 * 1024 }],
    ['larger:big', text('larger:big')],
    ['a OR b', { type: 'or', terms: [text('a'), text('b')] }],
    ['a b OR c', { type: 'and', terms: [text('a'), { type: 'or', terms: [text('b'), text('c')] }] }],
    ['-a', { type: 'not', term: text('a') }],
    ['-(a OR b)', { type: 'not', term: { type: 'or', terms: [text('a'), text('b')] } }],
    ['-"a b"', { type: 'not', term: text('a b') }],
    ['NOT a', { type: 'not', term: text('a') }],
    ['NOT NOT a', text('a')],
    ['well-known', text('well-known')],
    ['a - b', { type: 'and', terms: [text('a'), text('b')] }],
    ['list:dev', text('list:dev')],
    ['https://example.org/?a=b', text('https://example.org/?a=b')],
    ['from:', text('from:')],
    ['((a', text('a')],
    ['a) b', { type: 'and', terms: [text('a'), text('b')] }],
    ['()', { type: 'all' }],
    ['OR a OR', text('a')],
    ['Grüße 東京', { type: 'and', terms: [text('Grüße'), text('東京')] }],
  ];
  it.each(cases)('reads %j', (typed, query) => {
    expect(parse(typed)).toEqual(query);
  });

  it.each(cases)('reads what it formats of %j as the same query', (_, query) => {
    expect(parse(formatQuery(query))).toEqual(query);
  });

  it('refuses more than 2,000 characters with invalid', () => {
    expect(parse('a'.repeat(2_000)).type).toBe('text');
    expect(() => parse('a'.repeat(65_536))).toThrowError(expect.objectContaining({ code: 'invalid' }));
  });

  it('takes any nonsense of 2,000 characters without throwing, and reads its own format of it again', () => {
    const pieces = [
      '(',
      ')',
      '-',
      '"',
      ' ',
      'OR',
      ' OR ',
      'NOT ',
      'a',
      'from:',
      'is:unread',
      ':',
      '|',
      '\0',
      '👩‍👩‍👧',
      'in:',
      '\\',
      '$',
      '.*',
    ];
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    for (let round = 0; round < 500; round++) {
      let typed = '';
      while (typed.length < 1_900 && random(200) > 0) typed += pieces[random(pieces.length)];
      const query = parse(typed.slice(0, 2_000));
      const formatted = formatQuery(query);
      if (formatted.length <= 2_000) expect(parse(formatted), typed).toEqual(query);
    }
  });

  it.each(['('.repeat(2_000), '-'.repeat(2_000), 'NOT '.repeat(500), '-('.repeat(1_000), 'from:('.repeat(333)])(
    'bounds the depth of %#',
    (typed) => {
      expect(() => formatQuery(parse(`${typed}a`.slice(-2_000)))).not.toThrow();
    },
  );
});

describe('wordsOf', () => {
  it('gives what a hit holds, and not what is excluded', () => {
    expect(wordsOf(parse('"big plan" from:ann -draft is:unread a OR a -(-kept)'))).toEqual([
      'big plan',
      'ann',
      'a',
      'kept',
    ]);
  });
});

describe('label:', () => {
  const labels = [
    { keyword: '$label1', name: 'Urgent', color: 'red' },
    { keyword: 'gr&apya3w-e', name: 'Size', color: 'blue' },
  ] as const;
  const labelled = (words: string) => parseQuery(words, { today, labels });

  it('names a label as the person calls it, whatever its case', () => {
    expect(labelled('label:urgent')).toEqual(isLabel('$label1'));
    expect(labelled('LABEL:"SIZE"')).toEqual(isLabel('gr&apya3w-e'));
  });

  it('still finds a label by the name that it was made with', () => {
    expect(labelled('label:Größe')).toEqual(isLabel('gr&apya3w-e'));
  });
});

describe('termsOf', () => {
  it.each([
    ['', []],
    ['ferry  tide', ['ferry', 'tide']],
    ['ferry from: "Ann Lee" AND -is:unread', ['ferry', 'from:"Ann Lee"', '-is:unread']],
    ['a OR b NOT (c d) e', ['a OR b', '-(c d)', 'e']],
    ['subject:(a -b) ) “c d', ['subject:(a -b)', '"c d']],
    ['- OR', ['OR']],
  ])('gives each term of %j as it was typed', (typed, sources) => {
    expect(termsOf(typed, { today }).map(({ source }) => source)).toEqual(sources);
  });

  it('gives terms that mean together what the whole means, and that can be left out one by one', () => {
    const typed = 'larch label:x -(from:a OR "b c") before:2026-01-01 is:unread';
    const terms = termsOf(typed, { today });
    expect(parse(terms.map(({ source }) => source).join(' '))).toEqual(parse(typed));
    for (const { source, query } of terms) expect(parse(source)).toEqual(query);
  });
});
