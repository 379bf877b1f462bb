import type { Kysely, Selectable } from 'kysely';
import type { ListFilter, SortProperty } from '../../mail/model.ts';
import type { MaildropHeader, MaildropRow } from '../../mail/pop3/maildrop.ts';
import { batches } from '../batches.ts';
import type { MaildropMessageTable } from '../maildrop-tables.ts';
import type { Tables } from '../schema.ts';

type Row = Selectable<MaildropMessageTable>;

export const sortColumns = {
  receivedAt: 'received_at_ms',
  from: 'from_key',
  subject: 'subject_key',
  size: 'size_bytes',
} as const satisfies Record<SortProperty, string>;

export const filterColumns = {
  unread: { column: 'is_seen', value: 0 },
  flagged: { column: 'is_flagged', value: 1 },
  attachment: { column: 'has_attachment', value: 1 },
} as const satisfies Record<ListFilter, { column: string; value: 0 | 1 }>;

/** What the person sees: not deleted, and listed by the server or kept here. */
export const visibleRows = (db: Kysely<Tables>, accountId: string) =>
  db
    .selectFrom('maildrop_message')
    .where('account_id', '=', accountId)
    .where('deleted_at_ms', 'is', null)
    .where((where) => where.or([where('missing_since_ms', 'is', null), where('content', 'is not', null)]));

export async function findRows(
  db: Kysely<Tables>,
  accountId: string,
  uidls: string[],
): Promise<Map<string, MaildropRow>> {
  const rows = new Map<string, MaildropRow>();
  for (const some of batches(uidls)) {
    const found = await visibleRows(db, accountId).selectAll().where('uidl', 'in', some).execute();
    for (const row of await translateRows(db, found)) rows.set(row.uidl, row);
  }
  return rows;
}

/** Rows with their keywords, in the order given. */
export async function translateRows(db: Kysely<Tables>, rows: Row[]): Promise<MaildropRow[]> {
  const keywords = new Map<number, string[]>();
  for (const some of batches(rows.map((row) => row.row_id))) {
    const found = db.selectFrom('maildrop_keyword').selectAll().where('row_id', 'in', some);
    for (const { row_id, keyword } of await found.execute()) {
      const before = keywords.get(Number(row_id));
      if (before) before.push(keyword);
      else keywords.set(Number(row_id), [keyword]);
    }
  }
  return rows.map((row) => ({
    uidl: row.uidl,
    mailboxKey: row.mailbox_id,
    sizeBytes: Number(row.size_bytes),
    firstSeenAt: new Date(Number(row.first_seen_at_ms)).toISOString(),
    keywords: [
      ...(keywords.get(Number(row.row_id)) ?? []),
      ...(row.is_seen ? ['$seen'] : []),
      ...(row.is_flagged ? ['$flagged'] : []),
    ].sort(),
    header: row.header === null ? null : (JSON.parse(row.header) as MaildropHeader),
    threadId: row.thread_id,
    content: row.content,
    isListed: row.missing_since_ms === null && row.is_own === 0,
  }));
}
