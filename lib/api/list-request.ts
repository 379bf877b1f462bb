import type { ParsedOf } from '../contract/operations.ts';
import type { ListRequest } from '../mail/driver.ts';

/** What a list's query asks of the driver. Dates and sizes begin with the greatest, names and subjects with A, unless told. */
export function listRequest(mailboxId: string, query: ParsedOf<'listMessages', 'query'>): ListRequest {
  const { position, limit, sort, ascending, filter, collapse } = query;
  const isAscending = ascending ?? (sort === 'from' || sort === 'subject');
  const order = { sort: { property: sort, isAscending }, ...(filter ? { filter } : {}) };
  return { mailboxId, position, limit, ...order, ...(collapse ? { collapse } : {}) };
}
