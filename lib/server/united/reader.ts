import type { MailErrorCode } from '../../mail/errors.ts';
import type { MessageSummary } from '../../mail/model.ts';
import type { Source } from './source.ts';

/** A place in the order of all: so many rows come before it, and so many of them from each source. */
export interface Place {
  position: number;
  offsets: readonly number[];
  /** The last row before it in each source, by which one sees that it has not shifted; null where that is not known. */
  anchors: readonly (string | null)[];
}

/** What one read of a source gives at most. */
export const mostRows = 200;

/** What is read of one source, and how far it is used up. */
export interface Reader {
  source: Source;
  isAscending: boolean;
  /** Where `rows[0]` is, and how many were asked for there. */
  position: number;
  asked: number;
  rows: MessageSummary[];
  /** For each row, the first that it or one below it may claim: see `claimsOf`. */
  claims: number[];
  at: number;
  anchor: string | null;
  total: number;
  state: string;
  problem: MailErrorCode | null;
  isPartial: boolean;
}

/** What is asked for and not given was there and has gone: it is not asked for again. */
export const offsetOf = ({ position, asked, rows, at, total }: Reader): number =>
  at < rows.length ? position + at : Math.min(total, position + asked);

interface Opening {
  start: Place;
  index: number;
  wanted: number;
  isAscending: boolean;
}

/** Null where the row that was the last before the place is not that any more. */
export async function openReader(
  source: Source,
  { start, index, wanted, isAscending }: Opening,
): Promise<Reader | null> {
  const offset = start.offsets[index] ?? 0;
  const anchor = start.anchors[index] ?? null;
  const back = anchor === null || offset === 0 ? 0 : 1;
  const asked = Math.min(mostRows, wanted + back);
  const page = await source.read(offset - back, asked);
  if (back === 1 && page.items[0]?.id !== anchor) return null;
  const begun = { source, isAscending, position: offset, asked: asked - back, at: 0, anchor };
  const reader: Reader = { ...begun, ...take(page.items.slice(back), isAscending), ...toldBy(page) };
  await readOn(reader, wanted);
  return reader;
}

/** Reads the next rows where those that were read are used up; a window whose rows have all gone meanwhile is passed over. */
export async function readOn(reader: Reader, wanted: number): Promise<void> {
  while (reader.at === reader.rows.length && reader.position + reader.asked < reader.total) {
    const position = reader.position + reader.asked;
    const page = await reader.source.read(position, wanted);
    Object.assign(reader, { position, asked: wanted, at: 0 }, take(page.items, reader.isAscending), toldBy(page));
  }
}

const toldBy = ({ total, state, problem, isPartial }: Awaited<ReturnType<Source['read']>>) => ({
  total,
  state,
  problem: problem ?? null,
  isPartial: isPartial === true,
});

const take = (rows: MessageSummary[], isAscending: boolean) => ({ rows, claims: claimsOf(rows, isAscending) });

/** When a row is due, as a number that is greater the earlier it stands. */
export const dueOf = ({ receivedAt }: MessageSummary, isAscending: boolean): number =>
  isAscending ? -Date.parse(receivedAt) : Date.parse(receivedAt);

/**
 * A source is in the order in which mail arrived in it; what was moved there later is older than what stands below it, and
 * goes with that: else one such row would hold back all that follows.
 */
function claimsOf(rows: readonly MessageSummary[], isAscending: boolean): number[] {
  const claims: number[] = [];
  let greatest = Number.NEGATIVE_INFINITY;
  for (const row of rows.toReversed()) {
    greatest = Math.max(greatest, dueOf(row, isAscending));
    claims.push(greatest);
  }
  return claims.reverse();
}
