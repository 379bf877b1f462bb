import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allSteps, migrate, type Step } from './migrations.ts';
import { databases, type TestStore } from './testing/databases.ts';
import { withoutSync } from './unsynced.ts';

describe.each(databases)('a store on $name', ({ open }) => {
  let opened: TestStore;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.stop());

  const account = { protocol: 'imap', host: 'mail.example', port: 993, created_at_ms: 1_795_459_200_123 } as const;

  test('opening again migrates nothing twice and sees the same rows', async () => {
    await opened.store.db
      .insertInto('account')
      .values({ id: 'a1', username: 'anna', ...account })
      .execute();
    const again = await opened.again();
    const rows = await again.db.selectFrom('account').selectAll().execute();
    expect(rows).toEqual([{ id: 'a1', username: 'anna', ...account, server_url: null, smtp_url: null, address: null }]);
  });

  test('a migration that fails leaves nothing of itself behind and can be run again', async () => {
    const { db, dialect } = opened.store;
    const before = await names();
    const half: Step = async (on) => {
      await on.schema.createTable('half').addColumn('id', 'text').execute();
      throw new Error('the power went');
    };
    const whole: Step = (on) => on.schema.createTable('half').addColumn('id', 'text').execute();
    await expect(migrate(db, dialect, { ...allSteps, '9999-half': half })).rejects.toThrow(/9999-half/);
    expect(await names()).toEqual(before);
    await migrate(db, dialect, { ...allSteps, '9999-half': whole });
    expect(await names()).toEqual([...before, 'half'].sort());

    async function names(): Promise<string[]> {
      return (await db.introspection.getTables()).map((table) => table.name).sort();
    }
  });

  test('bytes, large numbers and any text come back as they went in', async () => {
    const { db } = opened.store;
    const sealed = Buffer.from([0, 255, 128, 10, 13]);
    const now = 1_795_459_200_123;
    const username = 'ünï\'"🦊\r\n\\';
    await db
      .insertInto('account')
      .values({ id: 'a2', ...account, username })
      .execute();
    const session = { id: 's2', account_id: 'a2', user_agent: '', created_at_ms: now, last_seen_at_ms: now };
    await db
      .insertInto('session')
      .values({ ...session, expires_at_ms: now })
      .execute();
    await db
      .insertInto('session_account')
      .values({ session_id: 's2', account_id: 'a2', sealed_secret: sealed })
      .execute();
    const row = await db
      .selectFrom('session_account')
      .innerJoin('session', 'session.id', 'session_account.session_id')
      .innerJoin('account', 'account.id', 'session_account.account_id')
      .select(['sealed_secret', 'username', 'expires_at_ms'])
      .where('session_id', '=', 's2')
      .executeTakeFirstOrThrow();
    expect(Buffer.from(row.sealed_secret).equals(sealed)).toBe(true);
    expect(row).toMatchObject({ username, expires_at_ms: now });
  });

  test('a row that names a session that is not there is refused', async () => {
    const { db } = opened.store;
    const stray = { session_id: 'nobody', account_id: 'a1', sealed_secret: Buffer.from('x') };
    await expect(db.insertInto('session_account').values(stray).execute()).rejects.toThrow();
  });

  test('a transaction that fails leaves nothing behind', async () => {
    const { db } = opened.store;
    const failing = db.transaction().execute(async (trx) => {
      await trx
        .insertInto('account')
        .values({ id: 'a3', username: 'cleo', ...account })
        .execute();
      await trx
        .insertInto('account')
        .values({ id: 'a3', username: 'cleo', ...account })
        .execute();
    });
    await expect(failing).rejects.toThrow();
    expect(await db.selectFrom('account').select('id').where('id', '=', 'a3').execute()).toEqual([]);
  });

  test('writes without sync are kept, roll back nothing of others, and leave the next write as durable as before', async () => {
    const { store } = opened;
    const values = { id: 'a4', username: 'dora', ...account };
    await withoutSync(store, (db) => db.insertInto('account').values(values).execute());
    await expect(withoutSync(store, (db) => db.insertInto('account').values(values).execute())).rejects.toThrow();
    expect(await store.db.selectFrom('account').select('username').where('id', '=', 'a4').execute()).toEqual([
      { username: 'dora' },
    ]);
    const level =
      store.dialect.name === 'libsql'
        ? await sql<{ level: unknown }>`select synchronous as level from pragma_synchronous`.execute(store.db)
        : await sql<{ level: unknown }>`select current_setting('synchronous_commit') as level`.execute(store.db);
    expect(level.rows).toEqual([{ level: store.dialect.name === 'libsql' ? 2 : 'on' }]);
  });

  test('an update tells how many rows it changed', async () => {
    const { db } = opened.store;
    const one = await db.updateTable('account').set({ port: 143 }).where('id', '=', 'a1').executeTakeFirst();
    const none = await db.updateTable('account').set({ port: 143 }).where('id', '=', 'zz').executeTakeFirst();
    expect([one.numUpdatedRows, none.numUpdatedRows]).toEqual([1n, 0n]);
    expect(await sql<{ n: number }>`select 1 as n`.execute(db)).toMatchObject({ rows: [{ n: 1 }] });
  });
});
