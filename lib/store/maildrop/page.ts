import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { MaildropRow, MaildropStore, RowsRequest } from '../../mail/pop3/maildrop.ts';
import type { Tables } from '../schema.ts';
import { countThreads, isFirstOfThread, withThreads } from './collapse.ts';
import { filterColumns, sortColumns, translateRows, visibleRows } from './rows.ts';

/** A window of a mailbox. Equal ones stand in the order of arrival. Collapsed, a row is the first of its conversation. */
export async function readPage(
  db: Kysely<Tables>,
  accountId: string,
  request: RowsRequest,
): Promise<{ rows: MaildropRow[]; total: number; state: string }> {
  const count = request.isCollapsed
    ? await countThreads(db, accountId, request)
    : await countRows(db, accountId, request);
  const found = await ordered(db, accountId, request)
    .selectAll()
    .limit(request.limit)
    .offset(request.position)
    .execute();
  const { changes } = (await db
    .selectFrom('maildrop')
    .select('changes')
    .where('account_id', '=', accountId)
    .executeTakeFirst()) ?? { changes: 0 };
  const state = createHash('sha256').update(`${changes} ${count} ${request.byArrival ? 'arrival' : 'dates'}`);
  const rows = await translateRows(db, found);
  return {
    rows: request.isCollapsed ? await withThreads(db, accountId, rows, request) : rows,
    total: count,
    state: state.digest('base64url').slice(0, 22),
  };
}

async function countRows(db: Kysely<Tables>, accountId: string, request: RowsRequest): Promise<number> {
  const counted = chosenRows(db, accountId, request).select((select) => select.fn.countAll().as('count'));
  return Number((await counted.executeTakeFirstOrThrow()).count);
}

export async function listUidls(
  db: Kysely<Tables>,
  accountId: string,
  request: Parameters<MaildropStore['listUidls']>[1],
): Promise<string[]> {
  const rows = await ordered(db, accountId, request).select('uidl').limit(request.limit).execute();
  return rows.map(({ uidl }) => uidl);
}

export async function listUnread(db: Kysely<Tables>, accountId: string): Promise<string[]> {
  const rows = await visibleRows(db, accountId)
    .select('uidl')
    .where('mailbox_id', '=', 'INBOX')
    .where('header', 'is', null)
    .orderBy('row_id', 'desc')
    .execute();
  return rows.map(({ uidl }) => uidl);
}

export async function readCounts(
  db: Kysely<Tables>,
  accountId: string,
): Promise<Map<string, { total: number; unread: number }>> {
  const rows = await visibleRows(db, accountId)
    .select((select) => ['mailbox_id', 'is_seen', select.fn.countAll().as('count')])
    .groupBy(['mailbox_id', 'is_seen'])
    .execute();
  const counts = new Map<string, { total: number; unread: number }>();
  for (const { mailbox_id, is_seen, count } of rows) {
    const before = counts.get(mailbox_id) ?? { total: 0, unread: 0 };
    const unread = is_seen ? 0 : Number(count);
    counts.set(mailbox_id, { total: before.total + Number(count), unread: before.unread + unread });
  }
  return counts;
}

function chosenRows(db: Kysely<Tables>, accountId: string, request: Omit<RowsRequest, 'position'>) {
  const there = visibleRows(db, accountId).where('mailbox_id', '=', request.mailboxKey);
  const passed = request.filter === undefined ? null : filterColumns[request.filter];
  const rows = passed === null ? there : there.where(passed.column, '=', passed.value);
  return request.isCollapsed ? rows.where(isFirstOfThread(request)) : rows;
}

function ordered(db: Kysely<Tables>, accountId: string, request: Omit<RowsRequest, 'position'>) {
  const { sort = { property: 'receivedAt', isAscending: false }, byArrival } = request;
  const direction = sort.isAscending ? 'asc' : 'desc';
  const rows = chosenRows(db, accountId, request);
  if (byArrival && sort.property === 'receivedAt') return rows.orderBy('row_id', direction);
  return rows.orderBy(sortColumns[sort.property], direction).orderBy('row_id', direction);
}
