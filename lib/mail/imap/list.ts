import type { CallOptions, ListRequest } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseMailboxId } from '../ids.ts';
import type { MessageSummary, Page } from '../model.ts';
import type { Facts } from './facts.ts';
import { fetchRows, type Row } from './fetch.ts';
import { type Order, orderOf } from './order.ts';
import type { Account } from './pool-types.ts';
import { fillPreviews } from './preview.ts';
import { repairNames } from './repair.ts';
import { stateOf } from './state.ts';
import { factItems, summaryOf, translateFacts } from './summary.ts';
import { atom } from './wire.ts';
import { refresh, type Selected, withImap } from './with-imap.ts';

/**
 * A window of a mailbox, live: newest first by sequence number costs the page, not the mailbox; any other order or a
 * filter costs one search, remembered until the mailbox changes. Throws `notFound`, `invalid`, `unsupported`.
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

interface Item {
  row: Row;
  facts: Facts;
}

function page(selected: Selected, position: number, total: number, items: Item[]): Page<MessageSummary> {
  const { mailbox, uidValidity } = selected;
  const summaries = items.map(({ row, facts }) => summaryOf(mailbox.path, uidValidity, facts, row.flags ?? []));
  return { position, total, state: stateOf(selected, summaries), items: summaries };
}

/**
 * Rows with their flags of now. What is known of them is not asked again: then one FETCH of UID and FLAGS is all, and
 * where nothing is known, one FETCH of everything.
 */
export async function readWindow(selected: Selected, range: string, isUid: boolean): Promise<Item[]> {
  const { client, account, mailbox, uidValidity } = selected;
  const known = account.memory.factsOf(mailbox.path, uidValidity);
  const hasPreview = client.capabilities.has('PREVIEW') || client.capabilities.has('PREVIEW=FUZZY');
  if (known.size === 0) return await readWhole(selected, range, isUid, hasPreview);
  const rows = (await fetchRows(client, { range, isUid, items: [atom('UID'), atom('FLAGS')] })).filter(
    (row) => row.uid !== null,
  );
  const unknown = rows.flatMap(({ uid }) => (uid === null || known.has(uid) ? [] : uid));
  if (unknown.length > 0) await readWhole(selected, unknown.join(','), true, hasPreview);
  return rows.flatMap((row) => {
    const facts = row.uid === null ? undefined : known.get(row.uid);
    return facts ? { row, facts } : [];
  });
}

async function readWhole(selected: Selected, range: string, isUid: boolean, hasPreview: boolean): Promise<Item[]> {
  const { client, account, mailbox, uidValidity } = selected;
  const known = account.memory.factsOf(mailbox.path, uidValidity);
  const items: Item[] = [];
  for (const row of await fetchRows(client, { range, isUid, items: factItems(hasPreview) })) {
    const facts = translateFacts(row);
    if (facts) items.push({ row, facts });
  }
  await repairNames(
    client,
    items.map(({ facts }) => facts),
  );
  if (!hasPreview)
    await fillPreviews(
      client,
      items.map(({ facts }) => facts),
    );
  for (const { facts } of items) known.set(facts.uid, facts);
  return items;
}
