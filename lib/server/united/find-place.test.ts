import { describe, expect, test } from 'vitest';
import type { MessageSummary } from '../../mail/model.ts';
import { findPlace, reach } from './find-place.ts';
import type { Source } from './source.ts';
import { walk } from './walk.ts';

const start = Date.parse('2026-01-01T00:00:00Z');

const rowOf = (id: string, minutesOld: number): MessageSummary => ({
  id,
  mailboxId: 'm',
  subject: '',
  from: [],
  to: [],
  receivedAt: new Date(start - minutesOld * 60_000).toISOString(),
  sentAt: null,
  sizeBytes: 1,
  keywords: [],
  hasAttachment: false,
  preview: null,
});

/** Rows of an Inbox as its server lists them, each so many minutes old. */
const rowsOf = (name: string, ages: readonly number[]): MessageSummary[] =>
  ages.map((age, at) => rowOf(`${name}${at}`, age));

/** An Inbox whose rows are made as they are read. */
function inboxOf(name: string, ages: readonly number[]): Source & { reads: number } {
  const source = {
    accountId: name,
    failure: null,
    reads: 0,
    async read(position: number, limit: number) {
      source.reads += 1;
      const items = ages.slice(position, position + limit).map((age, at) => rowOf(`${name}${position + at}`, age));
      return { position, total: ages.length, state: 's', items };
    },
  };
  return source;
}

const sourceOf = (accountId: string, rows: readonly MessageSummary[]): Source => ({
  accountId,
  failure: null,
  read: async (position, limit) => {
    return { position, total: rows.length, state: 's', items: rows.slice(position, position + limit) };
  },
});

/** Numbers that look random and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const ascending = (count: number, below: (most: number) => number, apart: number): number[] => {
  let age = 0;
  return Array.from({ length: count }, () => {
    age += below(apart);
    return age;
  });
};

async function pageAt(sources: readonly Source[], position: number, isAscending = false) {
  const place = await findPlace(sources, position, isAscending);
  return (await walk(sources, place, { position, limit: 50, isAscending }))?.items.map(({ id }) => id);
}

describe('a place far down the order of all', () => {
  test.each([1, 2, 3, 4, 5, 6])(
    'is where sorting all of them puts it, whatever their lengths (seed %i)',
    async (seed) => {
      const below = numbers(seed);
      const inboxes = Array.from({ length: 2 + (seed % 3) }, (_, at) =>
        rowsOf('abcd'[at] ?? '', ascending(below(4_000), below, 1 + below(20))),
      );
      const sources = inboxes.map((rows, at) => sourceOf(`${at}`, rows));
      // Of equals those of the first account come first.
      const sorted = inboxes.flat().sort((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt));
      for (let asked = 0; asked < 8; asked += 1) {
        const position = below(sorted.length + 10);
        expect(await pageAt(sources, position)).toEqual(sorted.slice(position, position + 50).map(({ id }) => id));
      }
    },
  );

  test('is found from the oldest end too', async () => {
    const below = numbers(9);
    const newestFirst = ['a', 'b'].map((name) => rowsOf(name, ascending(1_500, below, 9)));
    const sources = newestFirst.map((rows, at) => sourceOf(`${at}`, rows.toReversed()));
    const sorted = newestFirst
      .flatMap((rows) => rows.toReversed())
      .sort((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt));
    expect(await pageAt(sources, 2_000, true)).toEqual(sorted.slice(2_000, 2_050).map(({ id }) => id));
  });

  test('costs some forty small reads of each of three Inboxes of 100,000, not their length', async () => {
    const below = numbers(7);
    const sources = ['a', 'b', 'c'].map((name, at) => inboxOf(name, ascending(100_000, below, 3 + at * 40)));
    const place = await findPlace(sources, 123_456, false);
    expect(123_456 - place.position).toBeLessThanOrEqual(reach);
    for (const { reads } of sources) expect(reads).toBeLessThan(45);
  });

  test('is found where the end was longer when it was measured, and where one Inbox is empty', async () => {
    const sources = [sourceOf('a', rowsOf('a', ascending(600, numbers(3), 5))), sourceOf('b', [])];
    expect(await pageAt(sources, 5_000)).toEqual([]);
    expect(await pageAt(sources, 590)).toEqual(Array.from({ length: 10 }, (_, at) => `a${590 + at}`));
  });
});

describe('a row that is older than those below it', () => {
  const ages = [9_999, ...Array.from({ length: 120 }, (_, at) => 2 * at + 1)];
  const others = Array.from({ length: 120 }, (_, at) => 2 * at);

  test('goes with what it stands above, and holds nothing back', async () => {
    const sources = [sourceOf('a', rowsOf('a', ages)), sourceOf('b', rowsOf('b', others))];
    const page = await walk(sources, { position: 0, offsets: [0, 0], anchors: [null, null] }, first(5));
    expect(page?.items.map(({ id }) => id)).toEqual(['b0', 'a0', 'a1', 'b1', 'a2']);
  });

  test('is shown once by whoever pages on, as is all else', async () => {
    const sources = [sourceOf('a', rowsOf('a', ages)), sourceOf('b', rowsOf('b', others))];
    const ids: string[] = [];
    let place = { position: 0, offsets: [0, 0], anchors: [null, null] as (string | null)[] };
    for (let position = 0; position < 241; position += 50) {
      const walked = await walk(sources, place, { position, limit: 50, isAscending: false });
      ids.push(...(walked?.items.map(({ id }) => id) ?? []));
      place = (walked?.places.at(-1) ?? place) as typeof place;
    }
    expect(ids).toHaveLength(241);
    expect(new Set(ids).size).toBe(241);
  });

  test('a place that has shifted is not walked on from', async () => {
    const rows = rowsOf('a', others);
    const walked = await walk([sourceOf('a', rows)], { position: 0, offsets: [0], anchors: [null] }, first(50));
    const [place] = walked?.places ?? [];
    if (place === undefined) throw new Error('no place');
    const next = { position: 50, limit: 50, isAscending: false };
    expect((await walk([sourceOf('a', rows)], place, next))?.items[0]?.id).toBe('a50');
    expect(await walk([sourceOf('a', [...rowsOf('new', [0]), ...rows])], place, next)).toBeNull();
  });
});

const first = (limit: number) => ({ position: 0, limit, isAscending: false });
