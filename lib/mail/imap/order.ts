import { MailError } from '../errors.ts';
import type { ListFilter, Sort } from '../model.ts';
import { attachmentKeys, type SearchKeys } from './search-query.ts';
import { searchUids, sortUids } from './search-uids.ts';
import { atom, sequence, type Token } from './wire.ts';
import type { Selected } from './with-imap.ts';

/** The UIDs of a mailbox in another order than of arrival, or of what a filter leaves. */
export interface Order {
  uids: Uint32Array;
  /** The filter only approximates: rows are checked one by one, and some may be missing. */
  isPartial: boolean;
}

/**
 * The order that a list asks for, null where that is the mailbox's own. Remembered until the mailbox changes (by
 * HIGHESTMODSEQ; without it flags may change unseen, so filters by flag are asked anew). Throws `unsupported`.
 */
export async function orderOf(
  selected: Selected,
  { sort, filter }: { sort?: Sort | undefined; filter?: ListFilter | undefined },
): Promise<Order | null> {
  const isOwn = !sort || sort.property === 'receivedAt';
  if (isOwn && !filter) return null;
  if (selected.mailbox.exists === 0) return { uids: new Uint32Array(0), isPartial: false };
  const isPartial = filter === 'attachment';
  const key = keyOf(selected, sort, filter);
  const known = key && selected.account.memory.orders.get(key);
  if (known) return { uids: known, isPartial };
  const { client, mailbox } = selected;
  const keys: SearchKeys = { tokens: filterKeys(filter, mailbox.exists), isUnicode: false };
  if (!isOwn && !client.capabilities.has('SORT'))
    throw new MailError('unsupported', 'this server does not sort', { detail: 'sort' });
  const found =
    isOwn || !sort
      ? inOwnOrder(await searchUids(client, keys), sort)
      : await sortUids(client, programOf(selected, sort), keys);
  const uids = Uint32Array.from(found);
  if (key) selected.account.memory.orders.set(key, uids);
  return { uids, isPartial };
}

/** The server may have to open every message for its Content-Type: the newest ones must do. */
const examined = 10_000;

const inOwnOrder = (uids: number[], sort: Sort | undefined): number[] => (sort?.isAscending ? uids : uids.reverse());

function filterKeys(filter: ListFilter | undefined, exists: number): Token[] {
  if (filter === 'unread') return [atom('UNSEEN')];
  if (filter === 'flagged') return [atom('FLAGGED')];
  if (filter === 'attachment') return [sequence(`${Math.max(1, exists - examined + 1)}:*`), ...attachmentKeys()];
  return [atom('ALL')];
}

/** The sort program (RFC 5256 §3): equals stand newest first. DISPLAYFROM (RFC 5957) sorts by the name people see. */
function programOf({ client }: Selected, { property, isAscending }: Sort): Token[] {
  const byName = client.capabilities.has('SORT=DISPLAY') ? 'DISPLAYFROM' : 'FROM';
  const key = { from: byName, subject: 'SUBJECT', size: 'SIZE', receivedAt: 'ARRIVAL' }[property];
  return [...(isAscending ? [] : [atom('REVERSE')]), atom(key), atom('REVERSE'), atom('ARRIVAL')];
}

function keyOf(
  { mailbox, uidValidity }: Selected,
  sort: Sort | undefined,
  filter: ListFilter | undefined,
): string | null {
  const hasModseq = Boolean(mailbox.highestModseq) && !mailbox.noModseq;
  const mayGoUnseen = filter === 'unread' || filter === 'flagged';
  if (mayGoUnseen && !hasModseq) return null;
  const version = mayGoUnseen ? String(mailbox.highestModseq) : '';
  const life = [mailbox.path, uidValidity, mailbox.exists, mailbox.uidNext, version];
  return JSON.stringify([...life, sort?.property ?? null, sort?.isAscending ?? null, filter ?? null]);
}
