import { describe, expect, test } from 'vitest';
import type { Label } from '../../mail/model.ts';
import { findLabels } from './find-labels.ts';
import { moveBy } from './move-by.ts';
import { newLabel } from './new-label.ts';
import { labelQuery } from './query.ts';
import { labelsOn } from './shown.ts';

const usualNames: Record<string, string> = { $label1: 'Important', $label2: 'Work', $label4: 'To do' };
const on = (keywords: string[], own: Label[] = []) =>
  labelsOn(keywords, own, (keyword) => usualNames[keyword] ?? keyword).map(({ name, color }) => [name, color]);
const label = (keyword: string, name = keyword): Label => ({ keyword, name, color: 'red' });

describe('the labels of a message', () => {
  test('are the person’s own in their order, then Thunderbird’s, then others by their keyword', () => {
    const own = [label('b', 'Second'), label('a', 'First')];
    expect(on(['zebra', '$label4', 'a', '$seen', 'b'], own)).toEqual([
      ['Second', 'red'],
      ['First', 'red'],
      ['To do', 'blue'],
      ['zebra', null],
    ]);
  });

  test('of Thunderbird have the name that the person gave them, once', () => {
    expect(on(['$label1'], [label('$label1', 'Urgent')])).toEqual([['Urgent', 'red']]);
  });

  test('are none of what programs write for each other', () => {
    const marks = ['$seen', '$junk', '$mdnsent', '$forwarded', '$hasattachment', '$label6', 'nonjunk', 'junk', 'old'];
    expect(on(marks)).toEqual([]);
    expect(on([...marks, 'olden'])).toEqual([['olden', null]]);
  });
});

describe('a new label', () => {
  test('has a keyword made of its name and a colour that is still free', () => {
    expect(newLabel(' Tax 2026 ', [label('a')])).toEqual({ keyword: 'tax_2026', name: 'Tax 2026', color: 'orange' });
  });

  test('shares its keyword with no other label and with no mark of programs', () => {
    const own = [label('tax', 'Old name')];
    expect(newLabel('Tax', own).keyword).toBe('tax-2');
    expect(newLabel('Tax', [...own, label('tax-2')]).keyword).toBe('tax-3');
    expect(newLabel('Junk', []).keyword).toBe('junk-2');
    const long = 'x'.repeat(64);
    const first = newLabel(long, []);
    const second = newLabel(long, [first]);
    expect(second.keyword).not.toBe(first.keyword);
    expect(second.keyword.length).toBeLessThanOrEqual(50);
  });
});

test('a label goes up and down among the others, and not over the ends', () => {
  const own = [label('a'), label('b'), label('c')];
  const order = (keyword: string, by: 1 | -1) => {
    const moved = own.find((one) => one.keyword === keyword) ?? label('none');
    return moveBy(own, moved, by)
      .map((one) => one.keyword)
      .join('');
  };
  expect([order('b', -1), order('b', 1), order('a', -1), order('c', 1)]).toEqual(['bac', 'acb', 'abc', 'abc']);
});

test('labels are found by any of their words, those that begin so first', () => {
  const all = [label('1', 'Old Boats'), label('2', 'Boats'), label('3', 'Größe')];
  const found = (typed: string) => findLabels(all, typed).map(({ name }) => name);
  expect(found('boa')).toEqual(['Boats', 'Old Boats']);
  expect(found('boats old')).toEqual(['Old Boats']);
  expect(found('GRÖ')).toEqual(['Größe']);
  expect(found('')).toHaveLength(3);
});

test('the search for a label quotes its name where it must, or has its keyword where that cannot be', () => {
  expect(labelQuery(label('gr&apya3w-e', 'Größe'))).toBe('label:Größe');
  expect(labelQuery(label('or', 'OR'))).toBe('label:"OR"');
  expect(labelQuery(label('tax_2026', 'Tax 2026'))).toBe('label:"Tax 2026"');
  expect(labelQuery(label('_a_', '"a"'))).toBe('label:"_a_"');
});
