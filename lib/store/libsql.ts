import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely';
import Database from 'libsql';
import { MailError } from '../mail/errors.ts';
import { type Dialect, libsqlDialect } from './dialect.ts';
import type { Tables } from './schema.ts';

/**
 * Opens `posthorn.db` in `dataDir`. WAL lets readers pass a writer; `synchronous = FULL` because a row that says "sent"
 * or "collected" must outlive a power cut; what need not is written by `withoutSync`.
 */
export async function openLibsql(dataDir: string): Promise<{ db: Kysely<Tables>; dialect: Dialect }> {
  const path = join(dataDir, 'posthorn.db');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const database = new Database(path, { timeout: 5_000 });
    chmodSync(path, 0o600);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    return { db: new Kysely<Tables>({ dialect: new LibsqlDialect({ database }) }), dialect: libsqlDialect };
  } catch (error) {
    throw new MailError('internal', `the database file ${path} could not be opened`, { cause: error });
  }
}

/** Kysely holds SQLite's DDL for not transactional, for the sake of one pragma that we never change; it is. */
class LibsqlDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}
