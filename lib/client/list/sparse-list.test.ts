import { describe, expect, it } from 'vitest';
import { folderOf, rowOf } from '../testing/rows.ts';
import {
  emptyList,
  insertMessages,
  markStale,
  putPage,
  removeMessages,
  type SparseList,
  trimAround,
  windowsToFetch,
} from './sparse-list.ts';

const idsAt = (list: SparseList, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => list.rows.get(from + index)?.id);

describe('a sparse list', () => {
  it('asks for the first window before anything is known, and then for what is missing where it is looked at', () => {
    const folder = folderOf(100_000);
    expect(windowsToFetch(emptyList, 0, 20)).toEqual([0]);
    const list = putPage(emptyList, folder.page(0));
    expect(windowsToFetch(list, 0, 20)).toEqual([]);
    expect(windowsToFetch(list, 40, 60)).toEqual([1]);
    expect(windowsToFetch(list, 99_990, 100_500)).toEqual([1_999]);
  });

  it('moves what it holds by as much as new mail has moved it, and reads it again when it is seen', () => {
    const folder = folderOf(200);
    let list = putPage(putPage(emptyList, folder.page(0)), folder.page(50));
    folder.arrive('new1', 'new2');
    list = putPage(list, folder.page(0));
    expect(list.total).toBe(202);
    expect(idsAt(list, 0, 3)).toEqual(['new1', 'new2', 'm0', 'm1']);
    expect(list.positions.get('m60')).toBe(62);
    expect(list.stale.has(62)).toBe(true);
    expect(list.stale.has(2)).toBe(false);
    expect(windowsToFetch(list, 0, 10)).toEqual([]);
    expect(windowsToFetch(list, 60, 70)).toEqual([1]);
  });

  it('keeps the rows above in place when messages have gone from within an answer', () => {
    const folder = folderOf(150);
    let list = putPage(putPage(putPage(emptyList, folder.page(0)), folder.page(50)), folder.page(100));
    folder.remove('m60', 'm61');
    list = putPage(list, folder.page(50));
    expect(list.positions.get('m10')).toBe(10);
    expect(list.positions.get('m120')).toBe(118);
    expect(list.positions.has('m60')).toBe(false);
    expect(list.total).toBe(148);
  });

  it('never holds a message at two positions', () => {
    const folder = folderOf(120);
    let list = putPage(putPage(emptyList, folder.page(0)), folder.page(50));
    folder.remove('m3');
    list = putPage(list, folder.page(50));
    const held = [...list.rows.values()].map((row) => row.id);
    expect(new Set(held).size).toBe(held.length);
    expect(list.rows.get(50)?.id).toBe('m51');
  });

  it('gives the same row object for what has not changed, so that nothing is drawn again', () => {
    const folder = folderOf(10);
    const before = putPage(emptyList, folder.page(0));
    folder.arrive('new');
    const after = putPage(before, folder.page(0));
    expect(after.rows.get(1)).toBe(before.rows.get(0));
  });

  it('forgets what is beyond the end of a list that has become shorter', () => {
    const folder = folderOf(80);
    let list = putPage(putPage(emptyList, folder.page(0)), folder.page(50));
    folder.remove(...folder.ids.slice(40));
    list = putPage(list, folder.page(0));
    expect(list.total).toBe(40);
    expect([...list.rows.keys()].every((position) => position < 40)).toBe(true);
  });

  it('closes the gap when messages are removed, and counts those of which it holds no row', () => {
    const list = removeMessages(putPage(emptyList, folderOf(200).page(0)), new Set(['m1', 'm3', 'm150']), 1);
    expect(list.total).toBe(197);
    expect(idsAt(list, 0, 3)).toEqual(['m0', 'm2', 'm4', 'm5']);
    expect(list.stale.size).toBe(48);
  });

  it('shows an undone removal where it was', () => {
    const full = putPage(emptyList, folderOf(20).page(0));
    const entries = ['m2', 'm5', 'm6'].map((id) => ({ position: Number(id.slice(1)), row: rowOf(id) }));
    const back = insertMessages(removeMessages(full, new Set(['m2', 'm5', 'm6'])), entries);
    expect(idsAt(back, 0, 19)).toEqual(idsAt(full, 0, 19));
    expect(back.total).toBe(20);
    expect(insertMessages(back, entries).total).toBe(20);
  });

  it('keeps memory flat however far someone scrolls', () => {
    const folder = folderOf(10_000);
    let list: SparseList = emptyList;
    for (let position = 0; position < 10_000; position += 50) {
      list = trimAround(putPage(list, folder.page(position)), position, 100);
    }
    expect(list.rows.size).toBeLessThanOrEqual(350);
    expect(list.total).toBe(10_000);
    expect(list.rows.get(9_999)?.id).toBe('m9999');
  });

  it('asks again for everything in sight once it is stale', () => {
    const list = putPage(emptyList, folderOf(60).page(0));
    expect(windowsToFetch(list, 0, 40)).toEqual([]);
    expect(windowsToFetch(markStale(list), 0, 40)).toEqual([0]);
  });
});

describe('why the mail server could not be asked', () => {
  it('is told by the newest answer alone', () => {
    const page = folderOf(3).page(0);
    const kept = putPage(emptyList, { ...page, problem: 'unreachable' });
    expect([kept.problem, kept.total]).toEqual(['unreachable', 3]);
    expect(putPage(kept, page).problem).toBeNull();
  });
});
