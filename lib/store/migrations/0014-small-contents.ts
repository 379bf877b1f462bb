import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** Bytes of small messages, beside the rows that name them: a batch of them is then one transaction, and one wait for the disk. */
export async function createSmallContents(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('maildrop_small_content')
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('stored_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('bytes', dialect.bytes, (column) => column.notNull())
    .addPrimaryKeyConstraint('maildrop_small_content_key', ['account_id', 'hash'])
    .execute();
}
