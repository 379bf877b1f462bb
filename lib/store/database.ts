import type { Kysely } from 'kysely';
import type { Dialect } from './dialect.ts';
import { migrate } from './migrations.ts';
import type { News } from './news.ts';
import type { Tables } from './schema.ts';

/** An open database at the newest schema. */
export interface Store {
  db: Kysely<Tables>;
  dialect: Dialect;
  /** What the processes that share it tell each other. */
  news: News;
  /** Waits for what is under way, then lets go of every file and connection. */
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Holds `posthorn.db`; made when missing, readable by its owner alone. */
  dataDir: string;
  /** A postgres:// URL; null: the file in `dataDir`. */
  databaseUrl: string | null;
  /** Told when an idle connection to Postgres died; the next query opens another. */
  onLostConnection: (error: Error) => void;
}

/** Opens the product's own data and migrates it. Throws `internal` when the database cannot be opened. */
export async function openStore(options: StoreOptions): Promise<Store> {
  // Each in a module of its own, so that a process loads one driver only.
  const opened =
    options.databaseUrl === null
      ? await (await import('./libsql.ts')).openLibsql(options.dataDir)
      : await (await import('./postgres.ts')).openPostgres(options.databaseUrl, options.onLostConnection);
  const { db, dialect, news } = opened;
  try {
    await migrate(db, dialect);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const close = async () => {
    await news.close();
    await db.destroy();
  };
  return { db, dialect, news, close };
}
