import { expect, test } from 'vitest';
import { keywordPattern } from '../mail/keyword.ts';
import { keywordFromName } from './keyword-from-name.ts';

test.each([
  ['Work', 'work'],
  ['Tax 2026', 'tax_2026'],
  ['a(b){c}%*"\\]', 'a_b__c}_____'],
  ['R&D', 'r&-d'],
  ['$seen', '_seen'],
  ['Größe', 'gr&apya3w-e'],
  ['台北', '&u,btfw-'],
  ['  Garden  ', 'garden'],
])('a label called %s has the keyword %s, as in Thunderbird', (name, keyword) => {
  expect(keywordFromName(name)).toBe(keyword);
});

test('names in any script make keywords that a server can keep', () => {
  for (const name of [
    'Привет, мир',
    'שלום',
    'مرحبا',
    '👨‍👩‍👧 family',
    '\ud800',
    '𝕏',
    ']',
    '"',
    '\u0001',
    'x'.repeat(64),
    '漢'.repeat(64),
  ]) {
    const keyword = keywordFromName(name);
    expect(keyword, name).toMatch(keywordPattern);
    expect(keyword.length, name).toBeLessThanOrEqual(48);
    expect(keyword, name).toBe(keyword.toLowerCase());
  }
});

test('one name is one keyword, however its letters are composed', () => {
  expect(keywordFromName('Gro\u0308ße')).toBe(keywordFromName('Gr\u00f6ße'));
});
