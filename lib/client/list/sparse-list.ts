import type { MailErrorCode } from '../../mail/errors.ts';
import type { MessageSummary, MissingAccount, Page } from '../../mail/model.ts';
import { idsOf, withoutMessages } from './thread-row.ts';

/**
 * The committed truth of one list, as far as it is known: any length, with the rows that have been fetched. Immutable;
 * every function here gives a new one.
 */
export interface SparseList {
  /** Null until the first answer. */
  total: number | null;
  /** The server's state of the newest answer. */
  state: string | null;
  isPartial: boolean;
  /** Why the mail server could not be asked: the newest answer is of what is kept of it. */
  problem: MailErrorCode | null;
  /** In a list of all accounts: those whose mail is not in it. */
  missing: readonly MissingAccount[];
  rows: ReadonlyMap<number, MessageSummary>;
  /** In which row a message is, by id: the inverse of `rows`, for every message of a conversation. */
  positions: ReadonlyMap<string, number>;
  /** Rows of an earlier state: still shown, fetched again when seen. */
  stale: ReadonlySet<number>;
}

export const windowSize = 50;
const none: readonly MissingAccount[] = [];

/** A window of one list, or of the lists of all accounts. */
export type ListPage = Page<MessageSummary> & { missing?: MissingAccount[] };

export const emptyList: SparseList = {
  total: null,
  state: null,
  isPartial: false,
  problem: null,
  missing: none,
  rows: new Map(),
  positions: new Map(),
  stale: new Set(),
};

/** The windows (of 50) that touch positions `from`…`to` (inclusive) and hold a row that is missing or stale. */
export function windowsToFetch(list: SparseList, from: number, to: number): number[] {
  const last = list.total === null ? 0 : Math.min(to, list.total - 1);
  const wanted: number[] = [];
  for (let window = Math.floor(Math.max(0, from) / windowSize); window * windowSize <= last; window++) {
    if (isIncomplete(list, window)) wanted.push(window);
  }
  return wanted;
}

function isIncomplete(list: SparseList, window: number): boolean {
  if (list.total === null) return true;
  const end = Math.min((window + 1) * windowSize, list.total);
  for (let position = window * windowSize; position < end; position++) {
    if (!list.rows.has(position) || list.stale.has(position)) return true;
  }
  return false;
}

/**
 * Puts an answer in. Where its state is new, what is held elsewhere is moved by as much as the rows of the answer have
 * moved, and marked stale: the list keeps its place on the screen and is read again where it is looked at.
 */
export function putPage(list: SparseList, page: ListPage): SparseList {
  const isChanged = list.state !== null && list.state !== page.state;
  const rows = new Map<number, MessageSummary>();
  const stale = new Set<number>();
  const arriving = new Set(page.items.flatMap(idsOf));
  const end = page.position + page.items.length;
  const shiftOf = isChanged ? shiftBy(list, page) : () => 0;
  for (const [position, row] of list.rows) {
    const moved = position + shiftOf(position);
    const isCovered = moved >= page.position && moved < end;
    if (isCovered || idsOf(row).some((id) => arriving.has(id)) || moved < 0 || moved >= page.total) continue;
    rows.set(moved, row);
    if (isChanged || list.stale.has(position)) stale.add(moved);
  }
  page.items.forEach((item, index) => {
    const position = page.position + index;
    rows.set(position, keepIdentity(list, item));
  });
  return {
    total: page.total,
    state: page.state,
    isPartial: page.isPartial ?? false,
    problem: page.problem ?? null,
    missing: page.missing ?? none,
    rows,
    positions: invert(rows),
    stale,
  };
}

/** How far each held position has moved: by the nearest row that the answer also has; else by the growth of the list. */
function shiftBy(list: SparseList, page: Page<MessageSummary>): (position: number) => number {
  const anchors: { old: number; shift: number }[] = [];
  page.items.forEach((item, index) => {
    const old = list.positions.get(item.id);
    // A conversation that goes to the top with a new message takes nothing along.
    if (old !== undefined && list.rows.get(old)?.id === item.id)
      anchors.push({ old, shift: page.position + index - old });
  });
  const first = anchors[0];
  const last = anchors.at(-1);
  if (first === undefined || last === undefined) {
    const growth = page.position === 0 ? page.total - (list.total ?? page.total) : 0;
    return () => growth;
  }
  return (position) => (position < first.old ? first.shift : last.shift);
}

/** The row held already, where nothing in it has changed, so that its component need not draw again. */
export function keepIdentity(list: SparseList, item: MessageSummary): MessageSummary {
  const position = list.positions.get(item.id);
  const held = position === undefined ? undefined : list.rows.get(position);
  return held !== undefined && JSON.stringify(held) === JSON.stringify(item) ? held : item;
}

/** Where a message is, and the row that stands for it; undefined where it is not held. */
export function findRow(
  { positions, rows }: SparseList,
  id: string,
): { position: number; row: MessageSummary } | undefined {
  const position = positions.get(id);
  const row = position === undefined ? undefined : rows.get(position);
  return position === undefined || row === undefined ? undefined : { position, row };
}

/** Takes messages out: rows below move up. Ids that are not held only shorten the list, and make the rest stale. */
export function removeMessages(list: SparseList, ids: ReadonlySet<string>, unseen = 0): SparseList {
  const gone: number[] = [];
  const staying = new Map<number, MessageSummary>();
  for (const [position, row] of list.rows) {
    const left = withoutMessages(row, ids);
    if (left === null) gone.push(position);
    else staying.set(position, left);
  }
  gone.sort((a, b) => a - b);
  const rows = new Map<number, MessageSummary>();
  const stale = new Set<number>();
  for (const [position, row] of staying) {
    const moved = position - countBelow(gone, position);
    rows.set(moved, row);
    if (unseen > 0 || list.stale.has(position) || row !== list.rows.get(position)) stale.add(moved);
  }
  const total = list.total === null ? null : Math.max(0, list.total - gone.length - unseen);
  return { ...list, total, rows, positions: invert(rows), stale };
}

/** Puts messages back where they were: for an undo that shows at once. The positions are those before the removal. */
export function insertMessages(
  list: SparseList,
  entries: readonly { position: number; row: MessageSummary }[],
): SparseList {
  const placeOf = ({ row }: { row: MessageSummary }) =>
    idsOf(row)
      .map((id) => list.positions.get(id))
      .find((position) => position !== undefined);
  const missing = entries.filter((entry) => placeOf(entry) === undefined);
  // Of these some messages had gone, not all.
  const whole = new Map(entries.map((entry) => [placeOf(entry), entry.row]));
  const sorted = [...missing].sort((a, b) => a.position - b.position);
  const rows = new Map<number, MessageSummary>();
  const stale = new Set<number>();
  for (const [position, row] of list.rows) {
    let moved = position;
    for (const entry of sorted) if (entry.position <= moved) moved++;
    rows.set(moved, whole.get(position) ?? row);
    if (list.stale.has(position)) stale.add(moved);
  }
  for (const entry of sorted) rows.set(entry.position, entry.row);
  const total = list.total === null ? null : list.total + sorted.length;
  return { ...list, total, rows, positions: invert(rows), stale };
}

/** Changes rows that are held; `change` gives the same object where nothing differs. */
export function mapRows(
  list: SparseList,
  ids: Iterable<string>,
  change: (row: MessageSummary) => MessageSummary,
): SparseList {
  const rows = new Map(list.rows);
  const touched = new Set([...ids].map((id) => list.positions.get(id)));
  for (const position of touched) {
    const row = position === undefined ? undefined : list.rows.get(position);
    if (position !== undefined && row !== undefined) rows.set(position, change(row));
  }
  return { ...list, rows, positions: invert(rows) };
}

/** Marks every row as of an earlier state. */
export const markStale = (list: SparseList): SparseList => ({ ...list, stale: new Set(list.rows.keys()) });

/** Forgets rows further than `keep` from `centre`, so that memory stays flat however far someone scrolls. */
export function trimAround(list: SparseList, centre: number, keep: number): SparseList {
  if (list.rows.size <= keep * 3) return list;
  const rows = new Map([...list.rows].filter(([position]) => Math.abs(position - centre) <= keep));
  const stale = new Set([...list.stale].filter((position) => rows.has(position)));
  return { ...list, rows, positions: invert(rows), stale };
}

const invert = (rows: ReadonlyMap<number, MessageSummary>): Map<string, number> => {
  const positions = new Map<string, number>();
  for (const [position, row] of rows) for (const id of idsOf(row)) positions.set(id, position);
  return positions;
};

/** How many of the ascending `sorted` are smaller than `value`. */
export function countBelow(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
