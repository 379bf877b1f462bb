import { sql } from 'kysely';
import type { Store } from './database.ts';

/** Asks the database for nothing. Throws whatever keeps it from answering. */
export async function ping({ db }: Pick<Store, 'db'>): Promise<void> {
  await sql`select 1`.execute(db);
}
