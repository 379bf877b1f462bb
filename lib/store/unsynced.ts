import { type Kysely, sql } from 'kysely';
import type { Store } from './database.ts';
import type { Tables } from './schema.ts';

/**
 * Runs writes that need not outlive a power cut: caches, times last seen, answers kept for repetition. They do not wait
 * for the disk (SQLite would hold up every request meanwhile). They outlive a crash of the process like all others.
 */
export async function withoutSync<T>({ db, dialect }: Store, work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
  if (dialect.name === 'postgres') {
    return await db.transaction().execute(async (transaction) => {
      await sql`set local synchronous_commit = off`.execute(transaction);
      return await work(transaction);
    });
  }
  return await db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await work(connection);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}
