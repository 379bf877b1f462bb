import type { CallOptions, ListRequest } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseMailboxId } from '../ids.ts';
import type { MessageSummary, Page } from '../model.ts';
import { listThreads } from './list-threads.ts';
import { type Order, orderOf } from './order.ts';
import type { Account } from './pool-types.ts';
import { type Item, readWindow } from './read-window.ts';
import { stateOf } from './state.ts';
import { summaryOf } from './summary.ts';
import { refresh, type Selected, withImap } from './with-imap.ts';

/**
 * A window of a mailbox, live: newest first by sequence number costs the page, not the mailbox; any other order, a
 * filter or conversations cost one search, remembered until the mailbox changes. Throws `notFound`, `invalid`,
 * `unsupported`.
 */
export function listMessages(
  account: Account,
  request: ListRequest,
  { signal }: CallOptions = {},
): Promise<Page<MessageSummary>> {
  const { position, limit } = request;
  if (!Number.isInteger(position) || position < 0) throw new MailError('invalid', 'position', { detail: 'position' });
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new MailError('invalid', 'limit', { detail: 'limit' });
  const path = parseMailboxId(request.mailboxId);
  return withImap(account, { mailbox: path, mode: 'read', signal }, async (selected) => {
    await refresh(selected);
    if (request.collapse) return await listThreads(selected, request);
    const order = await orderOf(selected, request);
    return order === null ? windowBySequence(selected, request) : windowByUid(selected, request, order);
  });
}

async function windowBySequence(
  selected: Selected,
  { position, limit, sort }: ListRequest,
): Promise<Page<MessageSummary>> {
  const total = selected.mailbox.exists;
  const isAscending = sort?.isAscending === true;
  const count = Math.max(0, Math.min(limit, total - position));
  const first = isAscending ? position + 1 : total - position - count + 1;
  const items = count === 0 ? [] : await readWindow(selected, `${first}:${first + count - 1}`, false);
  items.sort((a, b) => (isAscending ? a.row.seq - b.row.seq : b.row.seq - a.row.seq));
  return page(selected, position, total, items);
}

async function windowByUid(
  selected: Selected,
  { position, limit }: ListRequest,
  { uids: order, isPartial }: Order,
): Promise<Page<MessageSummary>> {
  const uids = [...order.subarray(position, position + limit)];
  const items = uids.length === 0 ? [] : await readWindow(selected, uids.join(','), true);
  // The filter only approximates: what has no attachment after all is not shown.
  const shown = isPartial ? items.filter(({ facts }) => facts.hasAttachment) : items;
  const place = new Map(uids.map((uid, at) => [uid, at]));
  shown.sort((a, b) => (place.get(a.facts.uid) ?? 0) - (place.get(b.facts.uid) ?? 0));
  return { ...page(selected, position, order.length, shown), ...(isPartial ? { isPartial } : {}) };
}

function page(selected: Selected, position: number, total: number, items: Item[]): Page<MessageSummary> {
  const { mailbox, uidValidity } = selected;
  const summaries = items.map(({ row, facts }) => summaryOf(mailbox.path, uidValidity, facts, row.flags ?? []));
  return { position, total, state: stateOf(selected, summaries), items: summaries };
}
