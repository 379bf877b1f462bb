import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** Accounts that are collected with the browser shut, with the secret that this needs, sealed for the server alone. */
export async function createSchedule(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('collection_schedule')
    .addColumn('account_id', 'text', (column) => column.primaryKey().references('account.id').onDelete('cascade'))
    .addColumn('every_minutes', 'integer', (column) => column.notNull())
    .addColumn('half', 'text', (column) => column.notNull())
    .addColumn('sealed_secret', dialect.bytes, (column) => column.notNull())
    .addColumn('next_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('last_at_ms', 'bigint')
    .addColumn('problem', 'text')
    .execute();
  await db.schema.createIndex('collection_schedule_due').on('collection_schedule').column('next_at_ms').execute();
}
