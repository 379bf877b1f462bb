import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** Identities, templates, contacts, groups of them, and addresses that were written to. */
export async function createPeople(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  // Ordered by its bytes on both, whatever language the database was made for.
  const byBytes = dialect.name === 'postgres' ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('identity')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('reply_to', 'text')
    .addColumn('bccs_self', 'integer', (column) => column.notNull())
    .addColumn('text_signature', 'text', (column) => column.notNull())
    .addColumn('html_signature', 'text')
    .addColumn('is_default', 'integer', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('identity_account').on('identity').columns(['account_id', 'position']).execute();
  await db.schema
    .createTable('template')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('html', 'text')
    .addColumn('updated_at_ms', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('template_account').on('template').column('account_id').execute();
  await db.schema
    .createTable('contact')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('organization', 'text', (column) => column.notNull())
    .addColumn('card', 'text', (column) => column.notNull())
    .addColumn('sort_key', byBytes, (column) => column.notNull())
    .addColumn('updated_at_ms', 'bigint', (column) => column.notNull())
    .addColumn('deleted_at_ms', 'bigint')
    .execute();
  await db.schema
    .createIndex('contact_order')
    .on('contact')
    .columns(['account_id', 'deleted_at_ms', 'sort_key', 'id'])
    .execute();
  await db.schema
    .createTable('contact_address')
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('contact_id', 'text', (column) => column.notNull().references('contact.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('email_key', byBytes, (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('contact_address_key', ['contact_id', 'position'])
    .execute();
  await db.schema
    .createIndex('contact_address_email')
    .on('contact_address')
    .columns(['account_id', 'email_key'])
    .execute();
  await db.schema
    .createTable('contact_word')
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('word', byBytes, (column) => column.notNull())
    .addColumn('contact_id', 'text', (column) => column.notNull().references('contact.id').onDelete('cascade'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('contact_word_key', ['account_id', 'word', 'contact_id', 'position'])
    .execute();
  await db.schema.createIndex('contact_word_contact').on('contact_word').columns(['contact_id', 'word']).execute();
  await db.schema
    .createTable('address_use')
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('email_key', byBytes, (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('uses', 'integer', (column) => column.notNull())
    .addColumn('last_used_at_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('address_use_key', ['account_id', 'email_key'])
    .execute();
  await db.schema
    .createIndex('address_use_last')
    .on('address_use')
    .columns(['account_id', 'last_used_at_ms'])
    .execute();
  await db.schema
    .createTable('contact_group')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull().references('account.id').onDelete('cascade'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addUniqueConstraint('contact_group_name', ['account_id', 'name'])
    .execute();
  await db.schema
    .createTable('contact_group_member')
    .addColumn('group_id', 'text', (column) => column.notNull().references('contact_group.id').onDelete('cascade'))
    .addColumn('contact_id', 'text', (column) => column.notNull().references('contact.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('contact_group_member_key', ['group_id', 'contact_id'])
    .execute();
  await db.schema.createIndex('contact_group_contact').on('contact_group_member').column('contact_id').execute();
}
