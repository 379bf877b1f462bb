import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountIdOf } from './account.ts';
import { noteCollection, readSchedule, removeSchedule, takeDue, writeSchedule } from './schedule.ts';
import { databases, type TestStore } from './testing/databases.ts';

describe.each(databases)('schedules in $name', ({ open }) => {
  let opened: TestStore;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.stop());

  const scheduled = async (username: string, nextAtMs: number) => {
    const { store } = opened;
    const account_id = await accountIdOf(store, { protocol: 'pop3', host: 'mail', port: 995, username });
    const row = { account_id, every_minutes: 15, half: 'half', sealed_secret: Buffer.from([0, 255, 7]) };
    await writeSchedule(store, { ...row, next_at_ms: nextAtMs, last_at_ms: null, problem: null });
    return account_id;
  };

  test('one is taken when its time has come, by one of two processes, and then again after its minutes', async () => {
    const account_id = await scheduled('ann', 1_000);
    const other = await opened.again();
    expect(await takeDue(opened.store, 999)).toBeNull();
    const taken = await Promise.all([takeDue(opened.store, 1_000), takeDue(other, 1_000)]);
    expect(taken.map((row) => row?.account_id).sort()).toEqual([account_id, undefined]);
    expect(Buffer.from(taken.find((row) => row !== null)?.sealed_secret ?? [])).toEqual(Buffer.from([0, 255, 7]));
    expect(await takeDue(opened.store, 1_000 + 15 * 60_000 - 1)).toBeNull();
    expect(await takeDue(opened.store, 1_000 + 15 * 60_000)).toMatchObject({ account_id, username: 'ann' });
    await removeSchedule(opened.store, account_id);
    expect(await readSchedule(opened.store, account_id)).toBeNull();
  });

  test('one that was put off while the clock was a year ahead is taken once it is right again', async () => {
    const yearMs = 365 * 24 * 3600 * 1000;
    const account_id = await scheduled('cas', 1_000);
    expect(await takeDue(opened.store, yearMs)).toMatchObject({ account_id });
    expect(await takeDue(opened.store, 2_000)).toMatchObject({ account_id });
    expect(await takeDue(opened.store, 2_001)).toBeNull();
    await removeSchedule(opened.store, account_id);
  });

  test('one whose password was refused has no next time until it is chosen anew', async () => {
    const account_id = await scheduled('ben', 0);
    const { store } = opened;
    await noteCollection(store, account_id, { lastAtMs: 5, problem: 'unreachable', isOver: false });
    expect(await takeDue(store, 10)).toMatchObject({ account_id, problem: 'unreachable', last_at_ms: 5 });
    await noteCollection(store, account_id, { lastAtMs: 6, problem: 'unauthenticated', isOver: true });
    expect(await takeDue(store, 8_640_000_000_000_000)).toBeNull();
    expect(await readSchedule(store, account_id)).toMatchObject({ problem: 'unauthenticated' });
    await scheduled('ben', 0);
    expect(await takeDue(store, 10)).toMatchObject({ account_id, problem: null });
  });
});
