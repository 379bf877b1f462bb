import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type DatabaseConnection, type Driver, Kysely, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely';
import Database from 'libsql';
import { MailError } from '../mail/errors.ts';
import { type Dialect, libsqlDialect } from './dialect.ts';
import { createLocalNews, type News } from './news.ts';
import type { Tables } from './schema.ts';

/**
 * Opens `posthorn.db` in `dataDir`. WAL lets readers pass a writer; `synchronous = FULL` because a row that says "sent"
 * or "collected" must outlive a power cut; what need not is written by `withoutSync`.
 */
export async function openLibsql(dataDir: string): Promise<{ db: Kysely<Tables>; dialect: Dialect; news: News }> {
  const path = join(dataDir, 'posthorn.db');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const database = new Database(path, { timeout: 5_000 });
    chmodSync(path, 0o600);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    return {
      db: new Kysely<Tables>({ dialect: new LibsqlDialect(database) }),
      dialect: libsqlDialect,
      news: createLocalNews(),
    };
  } catch (error) {
    throw new MailError('internal', `the database file ${path} could not be opened`, { cause: error });
  }
}

class LibsqlDialect extends SqliteDialect {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    super({ database });
    this.#database = database;
  }

  /** Kysely holds SQLite's DDL for not transactional, for the sake of one pragma that we never change; it is. */
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }

  /** A full disk ends the transaction by itself; to roll it back again would fail, and hide why it had ended. */
  override createDriver(): Driver {
    const database = this.#database;
    return new (class extends SqliteDriver {
      override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
        if (database.inTransaction) await super.rollbackTransaction(connection);
      }
    })({ database });
  }
}
