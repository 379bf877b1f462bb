import { describe, expect, test } from 'vitest';
import { faultOf, formatRecipient, parseRecipients } from './recipients.ts';

const emails = (text: string) => parseRecipients(text).map(({ email }) => email);

describe('recipients are read from', () => {
  test('a list with commas, semicolons and names', () =>
    expect(
      parseRecipients('"Lovelace, Ada" <ada@example.org>, ben@example.org; Cid Campeador <cid@example.org>'),
    ).toEqual([
      { name: 'Lovelace, Ada', email: 'ada@example.org' },
      { name: null, email: 'ben@example.org' },
      { name: 'Cid Campeador', email: 'cid@example.org' },
    ]));

  test('a line each, as a table is pasted, and words with spaces between them', () => {
    expect(emails('ada@example.org\nben@example.org\r\n')).toEqual(['ada@example.org', 'ben@example.org']);
    expect(emails('ada@example.org ben@example.org')).toEqual(['ada@example.org', 'ben@example.org']);
  });

  test('a group, each once whatever its case', () =>
    expect(emails('Crew: ada@example.org, ben@example.org;, ADA@example.org')).toEqual([
      'ada@example.org',
      'ben@example.org',
    ]));

  test('addresses in any script', () =>
    expect(parseRecipients('Дуся <дуся@пример.example>')).toEqual([{ name: 'Дуся', email: 'дуся@пример.example' }]));

  test('nothing', () => expect(parseRecipients(' , ; ')).toEqual([]));
});

test('what is no address stays as it was typed, and is known', () => {
  expect(parseRecipients('ada, ben@example.org')).toEqual([
    { name: null, email: 'ada' },
    { name: null, email: 'ben@example.org' },
  ]);
  expect(
    ['ada', 'ada@', '@x', 'a b@x', 'ada@.x', 'ada@x..y', 'ada@x'].map((email) => faultOf({ name: null, email })),
  ).toEqual(['incomplete', 'incomplete', 'incomplete', 'unusable', 'unusable', 'unusable', null]);
});

test.each(['ada@example.org', 'Ada <ada@example.org>', '"Lovelace, Ada" <ada@example.org>', '"A \\"B\\" C" <a@x.y>'])(
  '%s is written as it is read',
  (text) => expect(parseRecipients(text).map(formatRecipient)).toEqual([text]),
);
