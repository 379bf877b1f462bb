import { type Kysely, sql } from 'kysely';
import type { MaildropHeader } from '../../mail/pop3/maildrop.ts';
import type { Dialect } from '../dialect.ts';
import { wordsOf, writeTexts } from '../message-text.ts';
import type { Tables } from '../schema.ts';

const batchSize = 500;

/** The words of messages, to be searched. Texts that are kept already are read when a search first needs them. */
export async function createMessageText(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await (dialect.name === 'postgres' ? createVectors(db) : createFts(db));
  await db.schema
    .alterTable('maildrop_message')
    .addColumn('indexed', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .createIndex('maildrop_message_by_arrival')
    .on('maildrop_message')
    .columns(['account_id', 'row_id'])
    .execute();
  // What a search cannot decide from the words alone; soon there is none of it.
  await db.schema
    .createIndex('maildrop_message_unindexed')
    .on('maildrop_message')
    .columns(['account_id', 'row_id'])
    .where(sql<boolean>`indexed < 2`)
    .execute();
  await indexHeaders(db as Kysely<Tables>, dialect);
}

/** Words of our own making (lib/text/tokens.ts), so the tokeniser parts them at spaces and knows no language. */
async function createFts(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table maildrop_text using fts5(
    subject, sender, recipients, body, content = '', contentless_delete = 1, tokenize = 'ascii')`.execute(db);
  await sql`create trigger maildrop_text_goes after delete on maildrop_message begin
    delete from maildrop_text where rowid = old.row_id; end`.execute(db);
}

async function createVectors(db: Kysely<unknown>): Promise<void> {
  await sql`create table maildrop_text (
    row_id bigint primary key references maildrop_message (row_id) on delete cascade,
    words tsvector not null)`.execute(db);
  await sql`create index maildrop_text_words on maildrop_text using gin (words)`.execute(db);
}

async function indexHeaders(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('maildrop_message')
      .select(['row_id', 'account_id', 'header'])
      .where('header', 'is not', null)
      .where('row_id', '>', after)
      .orderBy('row_id')
      .limit(batchSize)
      .execute();
    const texts = rows.map(({ row_id, account_id, header }) => ({
      rowId: row_id,
      words: wordsOf(account_id, JSON.parse(header ?? '') as MaildropHeader, null),
    }));
    await writeTexts({ db, dialect }, texts);
    if (rows.length < batchSize) break;
    after = Number(rows.at(-1)?.row_id);
  }
  await db.updateTable('maildrop_message').set({ indexed: 1 }).where('header', 'is not', null).execute();
}
