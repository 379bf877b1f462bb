import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/**
 * Where bytes of messages are kept in Postgres: in chunks, so that no message need be in memory whole. `hash` is null
 * while a message is being written. With SQLite they are files (contents-files.ts), and these tables are not made.
 */
export async function createContents(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  if (dialect.name !== 'postgres') return;
  await db.schema
    .createTable('maildrop_content')
    .addColumn('upload_id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('hash', 'text')
    .addColumn('size_bytes', 'bigint', (column) => column.notNull())
    .addColumn('stored_at_ms', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('maildrop_content_hash', ['account_id', 'hash'])
    .execute();
  await db.schema
    .createTable('maildrop_chunk')
    .addColumn('upload_id', 'text', (column) =>
      column.notNull().references('maildrop_content.upload_id').onDelete('cascade'),
    )
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('bytes', dialect.bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('maildrop_chunk_key', ['upload_id', 'number'])
    .execute();
}
