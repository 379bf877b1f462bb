import { describe, expect, it } from 'vitest';
import { folderOf } from '../testing/rows.ts';
import { cursorIndex, emptySelection, extendTo, moveCursor, selectNone, toggle } from './selection.ts';
import { showList } from './shown-list.ts';
import { emptyList, putPage, removeMessages } from './sparse-list.ts';

const list = putPage(emptyList, folderOf(30).page(0));
const shown = showList(list, []);

describe('a selection', () => {
  it('chooses and lets go of one', () => {
    const one = toggle(emptySelection, shown, 'm3');
    expect([...one.ids]).toEqual(['m3']);
    expect(toggle(one, shown, 'm3').ids.size).toBe(0);
  });

  it('reaches from the anchor in both directions', () => {
    const anchored = toggle(emptySelection, shown, 'm5');
    expect([...extendTo(anchored, shown, 7).ids].sort()).toEqual(['m5', 'm6', 'm7']);
    expect([...extendTo(anchored, shown, 3).ids].sort()).toEqual(['m3', 'm4', 'm5']);
  });

  it('keeps the keyboard on its message when others move, and on its place when the message has gone', () => {
    const selection = moveCursor(emptySelection, shown, 4);
    const above = showList(removeMessages(list, new Set(['m0', 'm1'])), []);
    expect(cursorIndex(selection, above)).toBe(2);
    const gone = showList(removeMessages(list, new Set(['m4'])), []);
    expect(gone.at(cursorIndex(selection, gone))?.id).toBe('m5');
  });

  it('is empty again without losing the place of the keyboard', () => {
    const selection = selectNone(toggle(moveCursor(emptySelection, shown, 4), shown, 'm4'));
    expect(selection.ids.size).toBe(0);
    expect(cursorIndex(selection, shown)).toBe(4);
  });
});
