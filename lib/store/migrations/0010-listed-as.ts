import { type Kysely, sql } from 'kysely';

/** What a server calls a message now, where that is not the name it has here: some give a unique-id anew to other mail. */
export async function createListedAs(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('maildrop_message').addColumn('listed_as', 'text').execute();
  await db.schema
    .createIndex('maildrop_message_listed_as')
    .on('maildrop_message')
    .columns(['account_id', 'listed_as', 'uidl'])
    .where(sql<boolean>`listed_as is not null`)
    .execute();
}
