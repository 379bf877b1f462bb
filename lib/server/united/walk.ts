import type { MailErrorCode } from '../../mail/errors.ts';
import type { MessageSummary } from '../../mail/model.ts';
import { mostRows, offsetOf, openReader, type Place, type Reader, readOn } from './reader.ts';
import type { Source } from './source.ts';

/** A row and whose it is. */
export type UnitedRow = MessageSummary & { accountId: string };

export interface Walked {
  items: UnitedRow[];
  total: number;
  /** Of each source. */
  states: string[];
  problems: (MailErrorCode | null)[];
  isPartial: boolean;
  /** Every fiftieth place that was passed, and the last. */
  places: Place[];
}

const placeEvery = 50;

/**
 * The rows from `position` on in the order of all sources, each of which keeps its own; read from `start`, which is not
 * behind them. Null where `start` has shifted meanwhile. Throws MailError.
 */
export async function walk(
  sources: readonly Source[],
  start: Place,
  { position, limit, isAscending }: { position: number; limit: number; isAscending: boolean },
): Promise<Walked | null> {
  const wanted = Math.min(mostRows, position - start.position + limit);
  const opened = await Promise.all(
    sources.map((source, index) => openReader(source, { start, index, wanted, isAscending })),
  );
  const readers = opened.filter((reader) => reader !== null);
  if (readers.length < sources.length) return null;
  const items: UnitedRow[] = [];
  const places: Place[] = [];
  let passed = start.position;
  while (items.length < limit) {
    const reader = nextOf(readers);
    const row = reader?.rows[reader.at];
    if (reader === undefined || row === undefined) break;
    if (passed >= position) items.push({ accountId: reader.source.accountId, ...row });
    reader.at += 1;
    reader.anchor = row.id;
    passed += 1;
    if (passed % placeEvery === 0 || items.length === limit) places.push(placeOf(readers, passed));
    await readOn(reader, wanted);
  }
  return {
    items,
    places,
    total: readers.reduce((sum, { total }) => sum + total, 0),
    states: readers.map(({ state }) => state),
    problems: readers.map(({ problem }) => problem),
    isPartial: readers.some(({ isPartial }) => isPartial),
  };
}

const placeOf = (readers: readonly Reader[], position: number): Place => ({
  position,
  offsets: readers.map((reader) => offsetOf(reader)),
  anchors: readers.map(({ anchor }) => anchor),
});

/** The source whose next row is due first; of equals the first. */
function nextOf(readers: readonly Reader[]): Reader | undefined {
  let found: Reader | undefined;
  for (const reader of readers) {
    const claim = reader.claims[reader.at];
    if (claim !== undefined && (found === undefined || claim > (found.claims[found.at] ?? 0))) found = reader;
  }
  return found;
}
