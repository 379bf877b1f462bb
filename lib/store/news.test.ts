import { sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { openStore } from './database.ts';
import { databases, type TestStore } from './testing/databases.ts';

describe.each(databases)('news on $name', ({ open, name }) => {
  const isShared = name === 'postgres';
  const stops: (() => unknown)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  });
  async function opened(): Promise<TestStore> {
    const database = await open();
    stops.push(database.stop);
    return database;
  }
  /** Counts what is told of an account, once it is heard; Postgres tells what was missed until then. */
  async function hearing({ news }: Pick<TestStore['store'], 'news'>, accountId: string, first = isShared ? 1 : 0) {
    const leaving = new AbortController();
    let words = 0;
    news.hear(
      accountId,
      () => {
        words += 1;
      },
      leaving.signal,
    );
    stops.push(() => leaving.abort());
    await expect.poll(() => words).toBe(first);
    return { words: () => words - first, leave: () => leaving.abort() };
  }

  test('reaches those who listen to that account until they leave, and nobody else', async () => {
    const { store } = await opened();
    const ann = await hearing(store, 'ann');
    const [bob, left] = [await hearing(store, 'bob', 0), await hearing(store, 'ann', 0)];
    left.leave();
    await store.news.tell('ann');
    await expect.poll(() => ann.words()).toBe(1);
    expect([bob.words(), left.words()]).toEqual([0, 0]);
  });

  test.runIf(isShared)('reaches other processes, and has them look where a connection was lost', async () => {
    const database = await opened();
    const other = await openStore({ ...database.where, onLostConnection: () => undefined });
    stops.push(other.close);
    const ann = await hearing(other, 'ann');
    await database.store.news.tell('ann');
    await expect.poll(() => ann.words()).toBe(1);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'posthorn news'`.execute(
      database.store.db,
    );
    await expect.poll(() => ann.words(), { timeout: 10_000 }).toBe(2);
    await database.store.news.tell('ann');
    await expect.poll(() => ann.words()).toBe(3);
  });
});
