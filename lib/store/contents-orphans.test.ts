import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMaildropContents } from './contents.ts';
import { sweepOrphans } from './contents-orphans.ts';
import { databases, type TestStore } from './testing/databases.ts';

const dayMs = 24 * 3600 * 1000;
let opened: TestStore;
beforeAll(async () => {
  const [libsql] = databases;
  if (!libsql) throw new Error('no database');
  opened = await libsql.open();
});
afterAll(() => opened.stop());

test('the mail of an account that is gone goes after 30 days, and no other', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'posthorn-orphans-'));
  try {
    expect(await sweepOrphans(dataDir, opened.store, Date.now())).toEqual({ marked: 0, removed: 0 });
    const add = (id: string) =>
      opened.store.db
        .insertInto('account')
        .values({ id, protocol: 'pop3', host: 'h', port: 110, username: id, created_at_ms: 1 })
        .execute();
    const contents = createMaildropContents({ dataDir, databaseUrl: null }, async () => opened.store);
    const hashes = new Map<string, string>();
    for (const id of ['ann', 'bob', 'cid/..']) {
      await add(id);
      hashes.set(id, (await contents.put(id, one(id))).hash);
    }
    // What is not ours, and a way out of the folder.
    const outside = join(dataDir, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'kept'), 'x');
    symlinkSync(outside, join(dataDir, 'messages', 'alink'));
    mkdirSync(join(dataDir, 'messages', 'lost+found'));
    await opened.store.db.deleteFrom('account').where('id', '<>', 'ann').execute();
    const sweep = (days: number) => sweepOrphans(dataDir, opened.store, Date.now() + days * dayMs);
    const isHere = async (id: string) => (await contents.sizeOf(id, hashes.get(id) ?? '')) !== null;
    expect(await sweep(0)).toEqual({ marked: 2, removed: 0 });
    expect(await sweep(29)).toEqual({ marked: 0, removed: 0 });
    // A database that was brought back knows bob again.
    await add('bob');
    await sweep(29);
    await opened.store.db.deleteFrom('account').where('id', '=', 'bob').execute();
    expect(await sweep(31)).toEqual({ marked: 1, removed: 1 });
    expect([await isHere('ann'), await isHere('bob'), await isHere('cid/..')]).toEqual([true, true, false]);
    const mark = join(dataDir, 'messages', 'abob', '.orphaned');
    const long = (Date.now() - 31 * dayMs) / 1000;
    utimesSync(mark, long, long);
    expect(await sweep(0)).toEqual({ marked: 0, removed: 1 });
    expect([await isHere('ann'), await isHere('bob')]).toEqual([true, false]);
    expect(
      ['outside/kept', 'messages/alink', 'messages/lost+found'].map((at) => existsSync(join(dataDir, at))),
    ).toEqual([true, true, true]);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

async function* one(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
