import type { ExpressionBuilder, Kysely } from 'kysely';
import type { EmailAddress } from '../../mail/model.ts';
import type { MaildropHeader, MaildropRow, RowsRequest, StoredThread } from '../../mail/pop3/maildrop.ts';
import { countAbsent } from '../../text/absent-answers.ts';
import { batches } from '../batches.ts';
import type { Tables } from '../schema.ts';
import { filterColumns, sortColumns, visibleRows } from './rows.ts';

/** Of a conversation, so many are told; of one page, so many of all. */
const mostTold = 500;
const mostOfPage = 20_000;
const firstSenders = 2;
const lastSenders = 8;

/** What stands first of its conversation in its mailbox, among what passes the filter, or is in none. By date that is the newest in both directions. */
export function isFirstOfThread({ byArrival, sort, filter }: Omit<RowsRequest, 'mailboxKey' | 'position' | 'limit'>) {
  const isByDate = sort === undefined || sort.property === 'receivedAt';
  const before = isByDate || !sort.isAscending ? '>' : '<';
  const column = sortColumns[sort?.property ?? 'receivedAt'];
  return (row: ExpressionBuilder<Tables, 'maildrop_message'>) => {
    const rivals = row
      .selectFrom('maildrop_message as rival')
      .select('rival.row_id')
      .whereRef('rival.account_id', '=', 'maildrop_message.account_id')
      .whereRef('rival.mailbox_id', '=', 'maildrop_message.mailbox_id')
      .whereRef('rival.thread_id', '=', 'maildrop_message.thread_id')
      .where('rival.deleted_at_ms', 'is', null)
      .where((its) => its.or([its('rival.missing_since_ms', 'is', null), its('rival.content', 'is not', null)]))
      .where((its) => {
        const isEarlier = its('rival.row_id', before, its.ref('maildrop_message.row_id'));
        if (byArrival && isByDate) return isEarlier;
        const own = its.ref(`maildrop_message.${column}`);
        const rival = `rival.${column}` as const;
        return its.or([its(rival, before, own), its.and([its(rival, '=', own), isEarlier])]);
      });
    const passed = filter === undefined ? null : filterColumns[filter];
    const first = passed === null ? rivals : rivals.where(`rival.${passed.column}`, '=', passed.value);
    return row.or([row('maildrop_message.thread_id', 'is', null), row.not(row.exists(first))]);
  };
}

/** How many conversations a mailbox has, or what passes the filter is in. */
export async function countThreads(
  db: Kysely<Tables>,
  accountId: string,
  { mailboxKey, filter }: Pick<RowsRequest, 'mailboxKey' | 'filter'>,
): Promise<number> {
  const there = visibleRows(db, accountId).where('mailbox_id', '=', mailboxKey);
  const passed = filter === undefined ? null : filterColumns[filter];
  const { threads, messages, joined } = await (passed === null ? there : there.where(passed.column, '=', passed.value))
    .select(({ fn }) => [
      fn.count('thread_id').distinct().as('threads'),
      fn.countAll().as('messages'),
      fn.count('thread_id').as('joined'),
    ])
    .executeTakeFirstOrThrow();
  return Number(threads) + Number(messages) - Number(joined);
}

/** The rows with the conversations that they stand for, as far as those are in the same mailbox and more than themselves. */
export async function withThreads(
  db: Kysely<Tables>,
  accountId: string,
  rows: MaildropRow[],
  { mailboxKey, byArrival }: Pick<RowsRequest, 'mailboxKey' | 'byArrival'>,
): Promise<MaildropRow[]> {
  const threadIds = rows.flatMap(({ threadId }) => threadId ?? []);
  if (threadIds.length === 0) return rows;
  const inMailbox = visibleRows(db, accountId).where('mailbox_id', '=', mailboxKey).where('thread_id', 'in', threadIds);
  const chosen = inMailbox.select(['row_id', 'uidl', 'thread_id', 'is_seen', 'is_flagged']).limit(mostOfPage);
  const found = await (byArrival ? chosen : chosen.orderBy('received_at_ms', 'desc'))
    .orderBy('row_id', 'desc')
    .execute();
  const members = new Map<string | null, typeof found>();
  for (const row of found) {
    const before = members.get(row.thread_id);
    if (before) before.push(row);
    else members.set(row.thread_id, [row]);
  }
  const telling = new Map([...members].map(([threadId, some]) => [threadId, tellingOf(some)]));
  const headers = await readHeaders(
    db,
    [...telling.values()].flat().map(({ row_id }) => row_id),
  );
  return rows.map((row) => {
    const some = members.get(row.threadId) ?? [];
    if (row.threadId === null || some.length < 2) return row;
    const told = some.slice(0, mostTold);
    const uidlsOf = (of: typeof told) => of.map(({ uidl }) => uidl);
    const thread: StoredThread = {
      count: some.length,
      uidls: uidlsOf(told),
      unreadUidls: uidlsOf(told.filter(({ is_seen }) => is_seen === 0)),
      flaggedUidls: uidlsOf(told.filter(({ is_flagged }) => is_flagged === 1)),
      ...toldBy((telling.get(row.threadId) ?? []).flatMap(({ row_id }) => headers.get(row_id) ?? [])),
    };
    return { ...row, thread };
  });
}

const tellingOf = <T>(newestFirst: readonly T[]): readonly T[] =>
  newestFirst.length <= firstSenders + lastSenders
    ? newestFirst
    : [...newestFirst.slice(0, lastSenders), ...newestFirst.slice(-firstSenders)];

async function readHeaders(db: Kysely<Tables>, rowIds: number[]): Promise<Map<number, MaildropHeader>> {
  const headers = new Map<number, MaildropHeader>();
  for (const some of batches(rowIds)) {
    const found = db.selectFrom('maildrop_message').select(['row_id', 'header']).where('row_id', 'in', some);
    for (const { row_id, header } of await found.execute())
      if (header !== null) headers.set(row_id, JSON.parse(header) as MaildropHeader);
  }
  return headers;
}

/** What each answers is named before its own Message-ID (`messageIds`), where that is known. */
const toldBy = (newestFirst: readonly MaildropHeader[]): Pick<StoredThread, 'people' | 'absent'> => ({
  people: peopleOf(newestFirst),
  absent: countAbsent(
    newestFirst.map(({ messageIds = [], messageId }) => ({
      messageId: messageId ?? null,
      inReplyTo: messageId === undefined ? [] : messageIds.filter((id) => id !== messageId).slice(-1),
    })),
  ),
});

/** Each sender once, the first to write first. */
function peopleOf(newestFirst: readonly MaildropHeader[]): EmailAddress[] {
  const people = new Map<string, EmailAddress>();
  for (const { from } of newestFirst.toReversed())
    for (const person of from.slice(0, 1)) {
      const key = (person.email || person.name || '').toLowerCase();
      if (!people.has(key)) people.set(key, person);
    }
  return [...people.values()];
}
