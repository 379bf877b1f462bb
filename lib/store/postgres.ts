import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { type Dialect, postgresDialect } from './dialect.ts';
import type { News } from './news.ts';
import { createPostgresNews } from './postgres-news.ts';
import type { Tables } from './schema.ts';

/** Connects to Postgres at a postgres:// URL, lazily and with at most ten connections. */
export async function openPostgres(
  databaseUrl: string,
  onLostConnection: (error: Error) => void,
): Promise<{ db: Kysely<Tables>; dialect: Dialect; news: News }> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    connectionTimeoutMillis: 5_000,
    application_name: 'posthorn',
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => parserOf(oid, format) },
  });
  // Without a listener a connection that dies while idle would end the process.
  pool.on('error', onLostConnection);
  const notify = async (channel: string, word: string) =>
    void (await pool.query('select pg_notify($1, $2)', [channel, word]));
  const news = createPostgresNews(databaseUrl, { notify, onLostConnection });
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), dialect: postgresDialect, news };
}

/** int8 as a number: our largest values are milliseconds and byte counts, far below 2^53. */
function parserOf(oid: number, format: 'text' | 'binary' = 'text'): unknown {
  if (oid === pg.types.builtins.INT8) return Number;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}
