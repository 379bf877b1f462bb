import type { ListFilter, Sort, SortProperty } from '../model.ts';
import { type Held, isUnread } from './contents.ts';

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Whether this order or filter asks for every header, and not only for those of the rows shown. */
export function needsHeaders(sort: Sort | undefined, filter: ListFilter | undefined): boolean {
  return filter === 'attachment' || (sort !== undefined && sort.property !== 'receivedAt' && sort.property !== 'size');
}

/**
 * Puts messages that stand in order of arrival, newest first, into the order asked for. By `receivedAt` dates count only
 * once every header is known: before that it is the order of arrival, so that rows do not jump as headers come in.
 */
export function orderHeld(held: Held[], sort: Sort = { property: 'receivedAt', isAscending: false }): Held[] {
  if (sort.property === 'receivedAt' && held.some(isUnread)) {
    return sort.isAscending ? held.toReversed() : held;
  }
  const compare = sort.property === 'receivedAt' ? byDates(held) : comparisons[sort.property];
  const sign = sort.isAscending ? 1 : -1;
  return held.toSorted((a, b) => sign * compare(a, b) || sign * (a.entry.number - b.entry.number));
}

export function passes({ row }: Held, filter: ListFilter | undefined): boolean {
  if (filter === 'unread') return !row.keywords.includes('$seen');
  if (filter === 'flagged') return row.keywords.includes('$flagged');
  if (filter === 'attachment') return row.header?.hasAttachment === true;
  return true;
}

const comparisons: Record<Exclude<SortProperty, 'receivedAt'>, (a: Held, b: Held) => number> = {
  from: (a, b) => collator.compare(senderOf(a), senderOf(b)),
  subject: (a, b) => collator.compare(subjectOf(a), subjectOf(b)),
  size: (a, b) => a.entry.sizeBytes - b.entry.sizeBytes,
};

/** A message that the server does not show stands beside the one that came before it. */
function byDates(held: Held[]): (a: Held, b: Held) => number {
  const dates = new Map<Held, string>();
  let earlier = '';
  for (const one of held.toReversed()) {
    earlier = one.row.header?.receivedAt ?? earlier;
    dates.set(one, earlier);
  }
  return (a, b) => compareText(dates.get(a) ?? '', dates.get(b) ?? '');
}

/** ISO 8601 in UTC sorts as text. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function senderOf({ row }: Held): string {
  const from = row.header?.from[0];
  return from?.name || from?.email || '';
}

/** The base subject (RFC 5256 §2.1), near enough for an order. */
function subjectOf({ row }: Held): string {
  return (row.header?.subject ?? '').replace(/^(\s*(re|fwd?|aw|wg|antw|sv|vs|tr)\s*(\[\d+\])?\s*:)+\s*/i, '');
}
