import { dueOf, type Place } from './reader.ts';
import type { Source } from './source.ts';

/** Within so many rows one walks. */
export const reach = 100;
/** Of so many rows at a probe the first that is due counts, since one that was moved there says nothing of its place. */
const probed = 3;

interface Range {
  /** Of this source, so many rows surely come before the place… */
  low: number;
  /** … and none from here on. */
  high: number;
}

interface Probe {
  index: number;
  middle: number;
  due: number;
}

/**
 * A place at most `reach` rows before `position`, found by halving: a few rows of each source a round, about twice as many
 * rounds as the number of rows has binary digits. Throws MailError.
 */
export async function findPlace(sources: readonly Source[], position: number, isAscending: boolean): Promise<Place> {
  const totals = await Promise.all(sources.map(async (source) => (await source.read(0, 1)).total));
  const ranges = totals.map((high): Range => ({ low: 0, high }));
  const sure = () => ranges.reduce((sum, { low }) => sum + low, 0);
  while (position - sure() > reach && ranges.some(({ low, high }) => low < high)) {
    const probes = await Promise.all(
      sources.map((source, index) => probe(source, index, ranges[index] ?? { low: 0, high: 0 }, isAscending)),
    );
    narrow(
      ranges,
      probes.filter((one) => one !== null),
      position - sure(),
    );
  }
  return { position: sure(), offsets: ranges.map(({ low }) => low), anchors: ranges.map(() => null) };
}

async function probe(source: Source, index: number, { low, high }: Range, isAscending: boolean): Promise<Probe | null> {
  if (low >= high) return null;
  const middle = Math.floor((low + high) / 2);
  const { items } = await source.read(middle, probed);
  const due = items.map((row) => dueOf(row, isAscending));
  return { index, middle, due: Math.max(Number.NEGATIVE_INFINITY, ...due) };
}

/**
 * Takes from each range what the probes decide about the first `wanted` rows of what is left. At least one of them decides:
 * if the last of them by date is not beyond the wanted rows, the first of them is within.
 */
function narrow(ranges: Range[], probes: readonly Probe[], wanted: number): void {
  const before = ranges.map((range) => ({ ...range }));
  const ordered = [...probes].sort((a, b) => b.due - a.due || a.index - b.index);
  const sizeUpTo = ({ index, middle }: Probe) => middle - (before[index]?.low ?? 0);
  for (const [rank, own] of ordered.entries()) {
    const range = ranges[own.index];
    if (range === undefined) continue;
    const [above, below] = [ordered.slice(0, rank), ordered.slice(rank + 1)];
    const surelyUpTo = sum([...above, own], (one) => sizeUpTo(one) + 1);
    const wholeAbove = sum(above, ({ index }) => (before[index]?.high ?? 0) - (before[index]?.low ?? 0));
    const perhapsUpTo = wholeAbove + sizeUpTo(own) + 1 + sum(below, sizeUpTo);
    if (surelyUpTo > wanted) range.high = own.middle;
    else if (perhapsUpTo <= wanted) range.low = own.middle + 1;
  }
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
