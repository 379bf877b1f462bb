import type { ListFilter, Sort } from '../model.ts';

/** Whether this order or filter asks for every header, and not only for those of the rows shown. */
export function needsHeaders(sort: Sort | undefined, filter: ListFilter | undefined): boolean {
  return filter === 'attachment' || (sort !== undefined && sort.property !== 'receivedAt' && sort.property !== 'size');
}
