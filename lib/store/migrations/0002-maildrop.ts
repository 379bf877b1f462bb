import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** What Posthorn keeps of POP3 maildrops: headers that were read, and the keywords that POP3 has no place for. */
export async function createMaildrop(db: Kysely<unknown>, _dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('maildrop_message')
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('uidl', 'text', (column) => column.notNull())
    .addColumn('size_bytes', 'bigint', (column) => column.notNull())
    .addColumn('first_seen_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('missing_since_ms', 'bigint')
    .addColumn('header', 'text')
    .addPrimaryKeyConstraint('maildrop_message_key', ['account_id', 'uidl'])
    .execute();
  await db.schema
    .createTable('maildrop_keyword')
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('uidl', 'text', (column) => column.notNull())
    .addColumn('keyword', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('maildrop_keyword_key', ['account_id', 'uidl', 'keyword'])
    .addForeignKeyConstraint(
      'maildrop_keyword_of_message',
      ['account_id', 'uidl'],
      'maildrop_message',
      ['account_id', 'uidl'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
}
