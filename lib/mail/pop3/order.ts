import type { ListFilter, Sort, SortProperty } from '../model.ts';
import type { Held } from './contents.ts';

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
  if (sort.property === 'receivedAt' && held.some(({ row }) => row.header === null)) {
    return sort.isAscending ? held.toReversed() : held;
  }
  const compare = comparisons[sort.property];
  const sign = sort.isAscending ? 1 : -1;
  return held.toSorted((a, b) => sign * compare(a, b) || sign * (a.entry.number - b.entry.number));
}

export function passes({ row }: Held, filter: ListFilter | undefined): boolean {
  if (filter === 'unread') return !row.keywords.includes('$seen');
  if (filter === 'flagged') return row.keywords.includes('$flagged');
  if (filter === 'attachment') return row.header?.hasAttachment === true;
  return true;
}

const comparisons: Record<SortProperty, (a: Held, b: Held) => number> = {
  receivedAt: (a, b) => compareText(a.row.header?.receivedAt, b.row.header?.receivedAt),
  from: (a, b) => collator.compare(senderOf(a), senderOf(b)),
  subject: (a, b) => collator.compare(subjectOf(a), subjectOf(b)),
  size: (a, b) => a.entry.sizeBytes - b.entry.sizeBytes,
};

/** ISO 8601 in UTC sorts as text. */
function compareText(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function senderOf({ row }: Held): string {
  const from = row.header?.from[0];
  return from?.name || from?.email || '';
}

/** The base subject (RFC 5256 §2.1), near enough for an order. */
function subjectOf({ row }: Held): string {
  return (row.header?.subject ?? '').replace(/^(\s*(re|fwd?|aw|wg|antw|sv|vs|tr)\s*(\[\d+\])?\s*:)+\s*/i, '');
}
