import type { ListRequest } from '../driver.ts';
import type { Selected } from './with-imap.ts';

/** The UIDs of a mailbox in another order than of arrival, or of what a filter leaves; null where neither is asked. */
export interface Order {
  uids: Uint32Array;
  isPartial: boolean;
}

export async function orderOf(_selected: Selected, _request: ListRequest): Promise<Order | null> {
  return null;
}
