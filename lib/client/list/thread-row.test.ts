import { describe, expect, it } from 'vitest';
import type { MessageSummary, Page } from '../../mail/model.ts';
import { rowOf } from '../testing/rows.ts';
import { isChosen, toggle } from './selection.ts';
import { showList } from './shown-list.ts';
import { emptyList, insertMessages, mapRows, putPage, removeMessages } from './sparse-list.ts';
import { isFlaggedRow, isUnreadRow, markRow, messageOf, withoutMessages } from './thread-row.ts';

const seen = { keywords: ['$seen'] };
/** A conversation of these messages, the first its newest; those of `unread` are. */
const threadOf = (ids: string[], unread: string[] = []): MessageSummary =>
  rowOf(ids[0] ?? '', {
    ...(unread.includes(ids[0] ?? '') ? {} : seen),
    thread: { count: ids.length, ids, unreadIds: unread, flaggedIds: [], people: [] },
  });
const pageOf = (items: MessageSummary[], state: string): Page<MessageSummary> => ({
  ...{ position: 0, total: items.length, state, items },
});
const held = (list: ReturnType<typeof putPage>) =>
  Array.from({ length: list.total ?? 0 }, (_, at) => list.rows.get(at));

describe('a row of a conversation', () => {
  it('is unread while any of its messages is, and flagged while any is', () => {
    const row = threadOf(['c', 'b', 'a'], ['b']);
    expect([isUnreadRow(row), isFlaggedRow(row)]).toEqual([true, false]);
    const read = markRow(row, new Set(['b']), ['$seen'], []);
    expect([isUnreadRow(read), read.keywords]).toEqual([false, ['$seen']]);
    expect(isFlaggedRow(markRow(row, new Set(['a']), ['$flagged'], []))).toBe(true);
    const unread = markRow(read, new Set(['c']), [], ['$seen']);
    expect([unread.thread?.unreadIds, unread.keywords]).toEqual([['c'], []]);
    expect(markRow(row, new Set(['c', 'x']), ['$seen'], [])).toBe(row);
  });

  it('tells of each of its messages what it knows', () => {
    const row = threadOf(['b', 'a'], ['a']);
    expect([messageOf(row, 'a').keywords, messageOf(row, 'b').keywords]).toEqual([[], ['$seen']]);
    expect(messageOf(row, 'a').thread).toBeUndefined();
  });

  it('is another message’s where its newest goes, a single one where one is left, and nothing where none is', () => {
    const row = threadOf(['c', 'b', 'a'], ['b']);
    const left = withoutMessages(row, new Set(['c']));
    expect([left?.id, left?.keywords, left?.thread?.ids, left?.thread?.count]).toEqual(['b', [], ['b', 'a'], 2]);
    const last = withoutMessages(row, new Set(['c', 'b']));
    expect([last?.id, last?.keywords, last?.thread]).toEqual(['a', ['$seen'], undefined]);
    expect(withoutMessages(row, new Set(['c', 'b', 'a']))).toBeNull();
    expect(withoutMessages(row, new Set(['x']))).toBe(row);
    // In another order or a filter it stands by one that need not be its newest.
    const hit = { ...row, id: 'b', subject: 'The hit' };
    expect(withoutMessages(hit, new Set(['c']))).toMatchObject({
      id: 'b',
      subject: 'The hit',
      thread: { ids: ['b', 'a'] },
    });
    expect(withoutMessages(hit, new Set(['b']))?.id).toBe('c');
  });
});

describe('a list of conversations', () => {
  const others = Array.from({ length: 4 }, (_, at) => rowOf(`m${at}`));
  const list = putPage(emptyList, pageOf([...others, threadOf(['c', 'b', 'a'])], '1'));

  it('finds a conversation by any of its messages', () => {
    expect(['a', 'b', 'c'].map((id) => showList(list, []).indexOf(id))).toEqual([4, 4, 4]);
  });

  it('takes a row away when all that it stands for goes, and before that makes it less', () => {
    const remove = (...ids: string[]) => showList(list, [{ stamp: 1, kind: 'remove', ids: new Set(ids) }]);
    expect([remove('c', 'a').count, remove('c', 'a').at(4)?.id]).toEqual([5, 'b']);
    expect([remove('a', 'b', 'c').count, remove('a', 'b', 'c').indexOf('b')]).toEqual([4, -1]);
  });

  it('has a conversation once when an answer takes it to the top, and moves only what it passed', () => {
    const grown = putPage(list, { ...pageOf([threadOf(['d', 'c', 'b', 'a']), rowOf('m0')], '2'), total: 5 });
    expect(held(grown).map((row) => row?.id)).toEqual(['d', 'm0', 'm1', 'm2', 'm3']);
    expect(grown.positions.get('a')).toBe(0);
  });

  it('removes what was confirmed and puts back what was undone, whole and in part', () => {
    const entries = [{ position: 4, row: list.rows.get(4) ?? rowOf('') }];
    for (const gone of [['a', 'b', 'c'], ['c'], ['a', 'b']]) {
      const without = removeMessages(list, new Set(gone));
      expect(without.total).toBe(gone.length === 3 ? 4 : 5);
      expect(held(insertMessages(without, entries)).map((row) => row?.thread?.ids ?? row?.id)).toEqual(
        held(list).map((row) => row?.thread?.ids ?? row?.id),
      );
    }
  });

  it('marks a row once, however many of its messages are meant', () => {
    let calls = 0;
    mapRows(list, ['a', 'b', 'c', 'x'], (row) => {
      calls += 1;
      return row;
    });
    expect(calls).toBe(1);
  });

  it('keeps a conversation chosen that has grown since, and lets go of it whole', () => {
    const chosen = toggle({ ids: new Set(), isAll: false, cursor: null, anchorId: null }, showList(list, []), 'c');
    const grown = showList(putPage(list, pageOf([threadOf(['d', 'c', 'b', 'a']), ...others], '2')), []);
    const row = grown.at(0) ?? rowOf('');
    expect([row.id, isChosen(chosen, row)]).toEqual(['d', true]);
    expect(toggle(chosen, grown, 'd').ids.size).toBe(0);
  });
});
