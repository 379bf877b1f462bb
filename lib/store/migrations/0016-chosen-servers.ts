import type { Kysely } from 'kysely';

/** The mail servers that a person has chosen for an account, where the admin's list has none for it. */
export async function createChosenServers(db: Kysely<unknown>): Promise<void> {
  for (const column of ['server_url', 'smtp_url', 'address'])
    await db.schema.alterTable('account').addColumn(column, 'text').execute();
}
