import { describe, expect, it } from 'vitest';
import type { MessageSummary } from '../../mail/model.ts';
import { countEarlierLines, earlierLines } from './earlier-lines.ts';

const row = (id: string) => ({ id }) as MessageSummary;
const rows = (...ids: string[]) => ids.map(row);
const none: ReadonlySet<string> = new Set();
const told = (asked: Parameters<typeof earlierLines>[0]) => {
  const { folded, shown, spare, below } = earlierLines(asked);
  return { folded, shown: shown.map(({ id }) => id), spare, below };
};

describe('the lines above the open message', () => {
  it('are the newest four, and one for the rest', () => {
    const own = rows('a', 'b', 'c', 'd', 'e', 'f');
    expect(told({ own, all: own, opened: none, lines: countEarlierLines(own, none) })).toEqual({
      ...{ folded: 2, shown: ['c', 'd', 'e', 'f'], spare: 0, below: 0 },
    });
    expect([none, new Set(['b']), new Set(['d'])].map((opened) => countEarlierLines(own, opened))).toEqual([5, 6, 5]);
    expect(told({ own, all: own, opened: none, lines: null })).toMatchObject({ folded: 0, shown: [...'abcdef'] });
  });

  it('are in order of date once the others have come into the room that was kept', () => {
    const own = rows('a', 'c');
    expect(told({ own, all: own, opened: none, lines: 3 })).toMatchObject({ shown: ['a', 'c'], spare: 1 });
    expect(told({ own, all: rows('a', 'b', 'c'), opened: none, lines: 3 })).toEqual({
      ...{ folded: 0, shown: ['a', 'b', 'c'], spare: 0, below: 0 },
    });
  });

  it('stay as many as they were, whatever comes late', () => {
    const own = rows('a', 'e');
    for (const others of [[], ['b'], ['b', 'c'], ['b', 'c', 'd'], ['0', '1', '2', 'b', 'c', 'd']])
      for (const lines of [2, 3, 5]) {
        const all = [...own, ...rows(...others)].sort((one, other) => one.id.localeCompare(other.id));
        const { folded, shown, spare, below } = earlierLines({ own, all, opened: none, lines });
        expect((folded > 0 ? 1 : 0) + shown.length + spare).toBe(lines);
        expect([folded + shown.length, below]).toEqual([all.length, 0]);
      }
  });

  it('leave those for below that could only be shown by folding what is read, or have no room at all', () => {
    const own = rows('b');
    const all = rows('a', 'b', 'c');
    expect(told({ own, all, opened: new Set(['b']), lines: 1 })).toEqual({
      ...{ folded: 0, shown: ['b'], spare: 0, below: 2 },
    });
    expect(told({ own: [], all: rows('a'), opened: none, lines: 0 })).toEqual({
      ...{ folded: 0, shown: [], spare: 0, below: 1 },
    });
  });
});
