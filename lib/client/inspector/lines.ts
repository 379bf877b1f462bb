import type { ExchangeEvent } from '../../contract/operations.ts';
import { type Hint, hintOf } from './hints.ts';

type Line = Extract<ExchangeEvent, { type: 'line' }>;
type Skipped = Extract<ExchangeEvent, { type: 'skipped' }>;

/** What a row of the drawer shows; `key` never comes twice. */
export type ExchangeRow = (Line & { key: number; hint: Hint | null }) | (Skipped & { key: number });

/** So many lines are shown; the oldest go. */
export const maxRows = 2_000;

/**
 * Adds what came. The plain words stand beside the first of several like commands on a connection: they are read once,
 * and 40 TOPs are 40 TOPs.
 */
export function addRows(rows: readonly ExchangeRow[], events: readonly (Line | Skipped)[], firstKey: number) {
  const lastHint = new Map<string, Hint | null>();
  for (const row of rows)
    if (row.type === 'line' && row.direction === 'client') lastHint.set(row.connection, hintOf(row));
  const added = events.map((event, at): ExchangeRow => {
    const key = firstKey + at;
    if (event.type === 'skipped') return { ...event, key };
    const hint = hintOf(event);
    const isRepeated = hint !== null && lastHint.get(event.connection) === hint;
    if (event.direction === 'client') lastHint.set(event.connection, hint);
    return { ...event, key, hint: isRepeated ? null : hint };
  });
  return [...rows, ...added].slice(-maxRows);
}

/** The rows that have `words` somewhere, letters large or small. */
export function filterRows(rows: readonly ExchangeRow[], words: string): readonly ExchangeRow[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return rows;
  return rows.filter((row) => row.type === 'line' && wordsOf(row).toLowerCase().includes(wanted));
}

const wordsOf = ({ connection, direction, tag, text }: Line) =>
  `${connection} ${direction === 'client' ? 'C:' : 'S:'} ${tag === undefined ? '' : `${tag} `}${text}`;

/** For the clipboard: one line each, `C:` and `S:` as the RFCs write them. */
export function formatRows(rows: readonly ExchangeRow[]): string {
  return rows
    .map((row) =>
      row.type === 'line' ? `${new Date(row.atMs).toISOString()} ${wordsOf(row)}` : `… ${row.lines} lines not shown`,
    )
    .join('\n');
}
