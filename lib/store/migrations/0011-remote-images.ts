import type { Kysely } from 'kysely';

/** Whose remote images a person wants shown, or not asked about. */
export async function createRemoteImages(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('remote_image_rule')
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('choice', 'text', (column) => column.notNull())
    .addColumn('created_at_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('remote_image_rule_key', ['account_id', 'kind', 'name'])
    .execute();
}
