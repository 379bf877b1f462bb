import { sql } from 'kysely';
import type { Store } from './database.ts';

/**
 * Tells Postgres that there are many contacts now, which it finds out by itself a minute later: until then it plans for
 * few, and a list that takes milliseconds takes seconds. SQLite plans without.
 */
export async function countContactsAnew({ db, dialect }: Store): Promise<void> {
  if (dialect.name === 'postgres') await sql`analyze contact, contact_address, contact_word`.execute(db);
}
