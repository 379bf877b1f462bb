import { describe, expect, test } from 'vitest';
import type { Retention } from '../model.ts';
import { decideRemoval, previewRemoval } from './retention.ts';

const day = 24 * 3600 * 1000;
const now = Date.parse('2026-11-24T00:00:00Z');
const fresh = { uidl: 'a', content: null, collectedAtMs: null, deletedAtMs: null, isListed: true };
const kept = { ...fresh, content: 'hash', collectedAtMs: now - 3 * day };
const deleted = { ...fresh, deletedAtMs: now };
const rules: Retention[] = [
  { rule: 'leave' },
  { rule: 'removeAfterDays', days: 3 },
  { rule: 'removeAfterDays', days: 4 },
  { rule: 'removeWhenDeleted' },
  { rule: 'collect' },
];
const fates = (copy: typeof kept | typeof fresh) => rules.map((rule) => decideRemoval(rule, copy, now));

describe('what a rule says', () => {
  test('of a message that is kept here', () => {
    expect(fates(kept)).toEqual(['leave', 'remove', 'later', 'leave', 'remove']);
  });
  test('of one that is not: nothing removes it now', () => {
    expect(fates(fresh)).toEqual(['leave', 'later', 'later', 'leave', 'later']);
  });
  test('of one that the person deleted, kept or not: it goes, except where all is left there', () => {
    const all = ['leave', 'remove', 'remove', 'remove', 'remove'];
    expect(fates(deleted as never)).toEqual(all);
    expect(fates({ ...kept, deletedAtMs: now } as never)).toEqual(all);
  });
  test('is told in numbers beforehand', () => {
    const copies = [fresh, kept, kept, { ...deleted }];
    const numbers = rules.map((rule) => Object.values(previewRemoval(rule, copies, now)));
    // At the next collection, of that deleted here, and later. That collection also takes the one that is not here yet.
    expect(numbers).toEqual([
      [0, 0, 0],
      [3, 1, 1],
      [1, 1, 3],
      [1, 1, 0],
      [4, 1, 0],
    ]);
  });
});
