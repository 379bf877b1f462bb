import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** What bounds need: the size of each answer kept, and from where an account signed in lately. */
export async function createBounds(db: Kysely<unknown>, _dialect: Dialect): Promise<void> {
  await db.schema
    .alterTable('idempotency')
    .addColumn('size_bytes', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createTable('known_address')
    .addColumn('digest', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('seen_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('known_address_by_account')
    .on('known_address')
    .columns(['account_id', 'seen_at_ms'])
    .execute();
}
