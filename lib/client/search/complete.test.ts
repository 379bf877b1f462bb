import { describe, expect, it } from 'vitest';
import type { Label } from '../../mail/model.ts';
import { parseQuery } from '../../mail/query.ts';
import { completionsOf, endOfLine } from './complete.ts';

const labels: Label[] = [{ keyword: 'harbour_wall', name: 'Harbour wall', color: 'teal' } as Label];
const known = {
  people: [{ name: 'Ann Lee', email: 'ann@example.org' }],
  folders: ['Boats', 'Größe', 'Old lists', 'a "quoted" one'],
  labels,
  today: '2026-03-31',
};
const lines = (text: string) => completionsOf(text, known).map((one) => one.text);

describe('what goes on from a line that is being typed', () => {
  it.each([
    ['', []],
    ['f', []],
    ['fr', ['from:']],
    ['ferry -fr', ['ferry -from:']],
    ['ferry (su', ['ferry (subject:']],
    ['from:an', ['from:ann@example.org ']],
    ['tide to:"ann l', ['tide to:ann@example.org ']],
    ['in:', ['in:Boats ', 'in:Größe ', 'in:"Old lists" ']],
    ['IN:grosse', []],
    ['in:groß', ['in:Größe ']],
    ['in:"old l', ['in:"Old lists" ']],
    ['label:wall', ['label:"Harbour wall" ']],
    ['is:un', ['is:unread ', 'is:unflagged ', 'is:unanswered ']],
    ['is:unread', []],
    ['has:', ['has:attachment ']],
    ['after:', ['after:2026-03-24 ', 'after:2026-02-28 ', 'after:2025-03-31 ']],
    ['after:2026', []],
    ['larger:', ['larger:1M ', 'larger:5M ', 'larger:20M ']],
    ['"from:a', []],
    ['a "b in:', []],
    ['http:', []],
  ])('%j', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  it('makes lines that the search understands as what was chosen', () => {
    for (const typed of ['in:', 'label:', 'is:', 'has:', 'before:', 'smaller:', 'to:'])
      for (const text of lines(`ferry ${typed}`))
        expect(parseQuery(text, { labels }), text).toMatchObject({
          type: 'and',
          terms: [{ type: 'text', text: 'ferry' }, { type: expect.not.stringMatching('text') }],
        });
  });

  it('tells apart what is being typed from what stands before it', () => {
    expect(endOfLine('ferry from:"Ann')).toEqual({ before: 'ferry ', operator: 'from', value: 'Ann' });
    expect(endOfLine('ferry -t')).toEqual({ before: 'ferry -', operator: null, value: 't' });
    expect(endOfLine('ferry "a phr')).toBeNull();
  });
});
