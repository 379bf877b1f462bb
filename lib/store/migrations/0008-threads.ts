import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema.ts';

/** Which conversation every Message-ID that a mail has named belongs to. */
export async function createThreads(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('maildrop_reference')
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('thread_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('maildrop_reference_key', ['account_id', 'key'])
    .execute();
  await db.schema
    .createIndex('maildrop_reference_by_thread')
    .on('maildrop_reference')
    .columns(['account_id', 'thread_id'])
    .execute();
  await db.schema
    .createIndex('maildrop_message_by_thread')
    .on('maildrop_message')
    .columns(['account_id', 'thread_id'])
    .where(sql<boolean>`thread_id is not null`)
    .execute();
  // Headers that the server has are read again, with what they answer. What is kept here learns it when it is opened.
  await (db as Kysely<Tables>)
    .updateTable('maildrop_message')
    .set({ header: null, indexed: 0 })
    .where('content', 'is', null)
    .execute();
}
