import type { Kysely } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** Accounts that a person has added to the one that signs in, and how each account is called and coloured. */
export async function createPersonAccounts(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await db.schema
    .createTable('person_account')
    .addColumn('owner_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('color', 'text')
    .addColumn('sealed_secret', dialect.bytes)
    .addPrimaryKeyConstraint('person_account_key', ['owner_id', 'account_id'])
    .execute();
}
