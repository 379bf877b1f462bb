import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from './database.ts';
import { type Postgres, startPostgres } from './testing/postgres.ts';

describe('a store on Postgres', () => {
  let server: Postgres;
  let isStopping = false;
  const lost: Error[] = [];
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  const open = () =>
    openStore({
      dataDir: '/nonexistent',
      databaseUrl: server.url,
      onLostConnection: (error) => {
        if (!isStopping) lost.push(error);
      },
    });

  test('three processes that start at once on an empty database all come up', async () => {
    const stores = await Promise.all([open(), open(), open()]);
    for (const { db } of stores) expect(await db.selectFrom('account').selectAll().execute()).toEqual([]);
    isStopping = true;
    await Promise.all(stores.map((store) => store.close()));
    isStopping = false;
  });

  test('a connection that the server ended while idle is told and replaced', async () => {
    const store = await open();
    const others = sql`select pg_terminate_backend(pid) from pg_stat_activity
      where pid <> pg_backend_pid() and application_name = 'posthorn'`;
    const other = await open();
    await others.execute(other.db);
    await expect.poll(() => lost.length).toBeGreaterThan(0);
    expect(await store.db.selectFrom('account').selectAll().execute()).toEqual([]);
    isStopping = true;
    await store.close();
    await other.close();
  });

  test('a server that is not there is a MailError that names no password', async () => {
    const databaseUrl = 'postgres://posthorn:hunter2@127.0.0.1:1/none';
    const opening = openStore({ dataDir: '', databaseUrl, onLostConnection: (error) => lost.push(error) });
    await expect(opening).rejects.toMatchObject({ name: 'MailError', code: 'internal' });
    await expect(opening).rejects.not.toThrow(/hunter2/);
  });
});
