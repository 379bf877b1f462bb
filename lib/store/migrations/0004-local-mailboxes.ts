import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/**
 * Maildrops become mailboxes: messages are filed, some are kept here whole, some were never on the server. A number of
 * our own (`row_id`, in the order of arrival) joins a message to its keywords and its text.
 */
export async function createLocalMailboxes(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('maildrop')
    .addColumn('account_id', 'text', (column) => column.primaryKey().references('account.id').onDelete('cascade'))
    .addColumn('retention', 'text', (column) => column.notNull().defaultTo('leave'))
    .addColumn('retention_days', 'integer')
    .addColumn('listing_digest', 'text')
    .addColumn('changes', 'bigint', (column) => column.notNull().defaultTo(0))
    .addColumn('checked_at_ms', 'bigint')
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until_ms', 'bigint')
    .execute();
  await db.schema
    .createTable('maildrop_mailbox')
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('mailbox_id', 'text', (column) => column.notNull())
    .addColumn('parent_id', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text')
    .addColumn('is_subscribed', 'integer', (column) => column.notNull().defaultTo(1))
    .addPrimaryKeyConstraint('maildrop_mailbox_key', ['account_id', 'mailbox_id'])
    .execute();
  const flag = (column: ColumnDefinitionBuilder) => column.notNull().defaultTo(0);
  await db.schema
    .createTable('maildrop_item')
    .addColumn('row_id', dialect.name === 'postgres' ? 'bigserial' : 'integer', (column) =>
      dialect.name === 'postgres' ? column.primaryKey() : column.primaryKey().autoIncrement(),
    )
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('uidl', 'text', (column) => column.notNull())
    .addColumn('mailbox_id', 'text', (column) => column.notNull().defaultTo('INBOX'))
    .addColumn('is_own', 'integer', flag)
    .addColumn('size_bytes', 'bigint', (column) => column.notNull())
    .addColumn('first_seen_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('received_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('missing_since_ms', 'bigint')
    .addColumn('removal_sent_at_ms', 'bigint')
    .addColumn('deleted_at_ms', 'bigint')
    .addColumn('content', 'text')
    .addColumn('collected_at_ms', 'bigint')
    .addColumn('is_seen', 'integer', flag)
    .addColumn('is_flagged', 'integer', flag)
    .addColumn('has_attachment', 'integer', flag)
    .addColumn('message_id', 'text')
    .addColumn('from_key', 'text')
    .addColumn('subject_key', 'text')
    .addColumn('thread_id', 'text')
    .addColumn('header', 'text')
    .addUniqueConstraint('maildrop_item_uidl', ['account_id', 'uidl'])
    .execute();
  await db.schema
    .createTable('maildrop_item_keyword')
    .addColumn('row_id', dialect.name === 'postgres' ? 'bigint' : 'integer', (column) =>
      column.notNull().references('maildrop_item.row_id').onDelete('cascade'),
    )
    .addColumn('keyword', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('maildrop_item_keyword_key', ['row_id', 'keyword'])
    .execute();
  await sql`insert into maildrop_item
    (account_id, uidl, size_bytes, first_seen_at_ms, received_at_ms, missing_since_ms, is_seen, is_flagged)
    select account_id, uidl, size_bytes, first_seen_at_ms, first_seen_at_ms, missing_since_ms,
      case when exists (select 1 from maildrop_keyword k where k.account_id = m.account_id and k.uidl = m.uidl
        and k.keyword = '$seen') then 1 else 0 end,
      case when exists (select 1 from maildrop_keyword k where k.account_id = m.account_id and k.uidl = m.uidl
        and k.keyword = '$flagged') then 1 else 0 end
    from maildrop_message m order by first_seen_at_ms, uidl`.execute(db);
  await sql`insert into maildrop_item_keyword (row_id, keyword)
    select i.row_id, k.keyword from maildrop_keyword k
    join maildrop_item i on i.account_id = k.account_id and i.uidl = k.uidl
    where k.keyword not in ('$seen', '$flagged')`.execute(db);
  await db.schema.dropTable('maildrop_keyword').execute();
  await db.schema.dropTable('maildrop_message').execute();
  await db.schema.alterTable('maildrop_item').renameTo('maildrop_message').execute();
  await db.schema.alterTable('maildrop_item_keyword').renameTo('maildrop_keyword').execute();
  await db.schema
    .createIndex('maildrop_message_by_date')
    .on('maildrop_message')
    .columns(['account_id', 'mailbox_id', 'received_at_ms', 'row_id'])
    .execute();
  // All that a count asks for, so that no row is read: 100,000 rows with their headers would hold up the process.
  await db.schema
    .createIndex('maildrop_message_counts')
    .on('maildrop_message')
    .columns(['account_id', 'mailbox_id', 'is_seen', 'deleted_at_ms', 'missing_since_ms', 'content'])
    .execute();
  await db.schema
    .createIndex('maildrop_message_unknown')
    .on('maildrop_message')
    .columns(['account_id', 'mailbox_id', 'row_id'])
    .where(sql<boolean>`header is null`)
    .execute();
}
