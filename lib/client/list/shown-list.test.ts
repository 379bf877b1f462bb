import { describe, expect, it } from 'vitest';
import { folderOf } from '../testing/rows.ts';
import { createPendingChanges } from './pending.ts';
import { showList } from './shown-list.ts';
import { emptyList, putPage } from './sparse-list.ts';

const list = putPage(emptyList, folderOf(1_000).page(0));
const idsOf = (shown: ReturnType<typeof showList>, count: number) =>
  Array.from({ length: count }, (_, index) => shown.at(index)?.id);

describe('a shown list', () => {
  it('skips what is being removed, and maps indexes both ways', () => {
    const pending = createPendingChanges();
    pending.add({ kind: 'remove', ids: new Set(['m0', 'm2', 'm3', 'm49', 'elsewhere']) });
    const shown = showList(list, pending.get());
    expect(shown.count).toBe(996);
    expect(idsOf(shown, 4)).toEqual(['m1', 'm4', 'm5', 'm6']);
    expect(shown.indexOf('m4')).toBe(1);
    expect(shown.indexOf('m3')).toBe(-1);
    expect(shown.positionOf(45)).toBe(48);
    expect(shown.positionOf(46)).toBe(50);
  });

  it('is as before when a removal is refused', () => {
    const pending = createPendingChanges();
    const stamp = pending.add({ kind: 'remove', ids: new Set(['m0', 'm1']) });
    pending.release(stamp, new Set(['m0']));
    expect(idsOf(showList(list, pending.get()), 2)).toEqual(['m0', 'm2']);
    pending.end(stamp);
    expect(idsOf(showList(list, pending.get()), 2)).toEqual(['m0', 'm1']);
  });

  it('applies keyword changes in the order in which they were made', () => {
    const pending = createPendingChanges();
    const ids = new Set(['m1']);
    const first = pending.add({ kind: 'keywords', ids, add: ['$seen'], remove: [] });
    pending.add({ kind: 'keywords', ids, add: ['$flagged'], remove: ['$seen'] });
    expect(showList(list, pending.get()).at(1)?.keywords).toEqual(['$flagged']);
    expect(showList(list, pending.get()).at(0)?.keywords).toEqual([]);
    pending.end(first);
    expect(showList(list, pending.get()).at(1)?.keywords).toEqual(['$flagged']);
  });

  it('gives the committed row itself where nothing is pending for it', () => {
    const pending = createPendingChanges();
    pending.add({ kind: 'keywords', ids: new Set(['m1']), add: ['$seen'], remove: [] });
    const shown = showList(list, pending.get());
    expect(shown.at(0)).toBe(list.rows.get(0));
    expect(shown.at(1)).toBe(shown.at(1));
  });
});
