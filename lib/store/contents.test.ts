import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MaildropContents } from '../mail/pop3/contents-store.ts';
import { createMaildropContents } from './contents.ts';
import { writeSmallContents } from './contents-small.ts';
import { databases, type TestStore } from './testing/databases.ts';

const hourMs = 3_600_000;

async function* runs(...parts: (Buffer | string)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

describe.each(databases)('kept messages in $name', ({ name, open }) => {
  let opened: TestStore;
  let contents: MaildropContents;
  let now: number;
  let dataDir: string;
  const files = () =>
    existsSync(join(dataDir, 'messages'))
      ? readdirSync(join(dataDir, 'messages'), { recursive: true, withFileTypes: true }).filter((at) => at.isFile())
      : [];
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.stop());
  beforeEach(async () => {
    now = Date.now();
    dataDir = mkdtempSync(join(tmpdir(), 'posthorn-contents-'));
    contents = createMaildropContents(
      { dataDir, databaseUrl: opened.where.databaseUrl },
      async () => opened.store,
      () => now,
    );
    await opened.store.db.deleteFrom('account').execute();
    for (const id of ['ann', 'bob']) {
      const account = { id, protocol: 'pop3', host: 'h', port: 110, username: id, created_at_ms: now } as const;
      await opened.store.db.insertInto('account').values(account).execute();
    }
    return () => rmSync(dataDir, { recursive: true, force: true });
  });
  const insert = (content: string, more: { deleted_at_ms?: number; is_own?: number; missing_since_ms?: number } = {}) =>
    opened.store.db
      .insertInto('maildrop_message')
      .values({
        account_id: 'ann',
        uidl: content,
        size_bytes: 1,
        first_seen_at_ms: 1,
        received_at_ms: 1,
        content,
        ...more,
      })
      .execute();

  it('gives back the bytes, NUL and all, under their SHA-256', async () => {
    const bytes = randomBytes(3 * 1024 * 1024 + 17);
    bytes.fill(0, 5, 500);
    const parts = [bytes.subarray(0, 1), bytes.subarray(1, 2_000_000), bytes.subarray(2_000_000)];
    const stored = await contents.put('ann', runs(...parts));
    expect(stored).toEqual({ hash: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length });
    expect((await buffer(contents.open('ann', stored.hash))).equals(bytes)).toBe(true);
    expect(await contents.sizeOf('ann', stored.hash)).toBe(bytes.length);
    await contents.remove('ann', stored.hash);
    expect(await contents.sizeOf('ann', stored.hash)).toBeNull();
    await expect(buffer(contents.open('ann', stored.hash))).rejects.toMatchObject({ code: 'notFound' });
  });

  it('keeps the same bytes once, also when two store them at once, and accounts apart', async () => {
    const stored = await Promise.all(Array.from({ length: 8 }, () => contents.put('ann', runs('same', ' bytes'))));
    const hash = stored[0]?.hash ?? '';
    expect(new Set(stored.map((one) => one.hash)).size).toBe(1);
    expect(await contents.sizeOf('ann', hash)).toBe(10);
    expect(await contents.sizeOf('bob', hash)).toBeNull();
    if (name === 'libsql') expect(files()).toHaveLength(1);
    else expect(await opened.store.db.selectFrom('maildrop_chunk').selectAll().execute()).toHaveLength(1);
  });

  it('keeps what is at hand as what streams, once, whatever its length', async () => {
    for (const length of [0, 1, 5_000, 1024 * 1024, 1024 * 1024 + 1]) {
      const bytes = randomBytes(length);
      const stored = await Promise.all([bytes, runs(bytes), bytes].map((source) => contents.put('ann', source)));
      const hash = createHash('sha256').update(bytes).digest('hex');
      expect(stored).toEqual(Array(3).fill({ hash, sizeBytes: length }));
      expect((await buffer(contents.open('ann', hash))).equals(bytes)).toBe(true);
    }
    if (name === 'libsql') expect(files()).toHaveLength(5);
    else expect(await opened.store.db.selectFrom('maildrop_content').select('hash').execute()).toHaveLength(5);
  });

  it('keeps nothing of a message that broke off', async () => {
    const broken = (async function* () {
      yield Buffer.alloc(2_000_000);
      throw new Error('the server died');
    })();
    await expect(contents.put('ann', broken)).rejects.toThrow('the server died');
    expect(files()).toEqual([]);
    if (name === 'postgres')
      expect(await opened.store.db.selectFrom('maildrop_chunk').selectAll().execute()).toEqual([]);
  });

  it.runIf(name === 'libsql')('one that gets no name hurts none of those that are stored with it', async () => {
    const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
    const inTheWay = join(dataDir, 'messages', 'aann', hashOf('3').slice(0, 2), hashOf('3'));
    mkdirSync(inTheWay, { recursive: true });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => contents.put('ann', runs(`${n}`))));
    expect(outcomes.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([3]);
    expect((await buffer(contents.open('ann', hashOf('19')))).toString()).toBe('19');
    expect(files()).toHaveLength(19);
  });

  it('gives back, takes away and sweeps small messages, which are rows', async () => {
    const { db } = opened.store;
    const small = (text: string) => {
      const bytes = Buffer.from(text, 'latin1');
      return { hash: createHash('sha256').update(bytes).digest('hex'), bytes };
    };
    const [named, unnamed, removed, empty] = ['named \0\xff', 'unnamed', 'removed', ''].map(small);
    if (!named || !unnamed || !removed || !empty) throw new Error('not made');
    await writeSmallContents(db, 'ann', [named, unnamed, removed, empty, named], now);
    expect((await buffer(contents.open('ann', named.hash))).equals(named.bytes)).toBe(true);
    expect(await Promise.all([named, empty].map(({ hash }) => contents.sizeOf('ann', hash)))).toEqual([8, 0]);
    expect(await buffer(contents.open('ann', empty.hash))).toHaveLength(0);
    expect(await contents.sizeOf('bob', named.hash)).toBeNull();
    await contents.remove('ann', removed.hash);
    await expect(buffer(contents.open('ann', removed.hash))).rejects.toMatchObject({ code: 'notFound' });
    await insert(named.hash);
    now += hourMs + 1_000;
    await writeSmallContents(db, 'ann', [empty], now);
    expect(await contents.sweep('ann')).toBe(1);
    expect(await contents.sizeOf('ann', unnamed.hash)).toBeNull();
    for (const { hash } of [named, empty]) expect(await contents.sizeOf('ann', hash)).not.toBeNull();
  });

  it('an empty message is one too', async () => {
    const { hash } = await contents.put('ann', runs());
    expect(await contents.sizeOf('ann', hash)).toBe(0);
    expect(await buffer(contents.open('ann', hash))).toHaveLength(0);
  });

  it('sweeps what no message names, an hour after it was stored or stored again', async () => {
    const [named, deleted, undoable] = await Promise.all(
      ['named', 'deleted', 'undoable'].map(async (text) => (await contents.put('ann', runs(text))).hash),
    );
    const unnamed = (await contents.put('ann', runs('unnamed'))).hash;
    if (!named || !deleted || !undoable) throw new Error('not stored');
    await insert(named);
    await insert(deleted, { deleted_at_ms: now, is_own: 1 });
    expect(await contents.sweep('ann')).toBe(0);
    now += hourMs + 1_000;
    await insert(undoable, { deleted_at_ms: now - 1_000, is_own: 1 });
    await contents.put('ann', runs('again'));
    const again = (await contents.put('ann', runs('again'))).hash;
    // Files have the time of the disk.
    if (name === 'libsql') utimesSync(pathOf(again), now / 1000, now / 1000);
    expect(await contents.sweep('ann')).toBe(2);
    expect(await contents.sizeOf('ann', unnamed)).toBeNull();
    expect(await contents.sizeOf('ann', deleted)).toBeNull();
    for (const hash of [named, undoable, again]) expect(await contents.sizeOf('ann', hash)).not.toBeNull();
  });

  it('looks through what is kept when a message was forgotten, else once a day', async () => {
    const put = async (text: string) => (await contents.put('ann', runs(text))).hash;
    const [named, forgotten] = [await put('named'), await put('forgotten')];
    await insert(named);
    await insert(forgotten, { is_own: 1 });
    now += hourMs + 1_000;
    expect(await contents.sweep('ann')).toBe(0);
    const [left, more] = [await put('left by a crash'), await put('more of it')];
    if (name === 'postgres') await opened.store.db.updateTable('maildrop_content').set({ stored_at_ms: 1 }).execute();
    else for (const hash of [left, more]) utimesSync(pathOf(hash), 1, 1);
    expect([await contents.sweep('ann'), await contents.sizeOf('ann', left)]).toEqual([0, 15]);
    await opened.store.db.updateTable('maildrop_message').set({ deleted_at_ms: 1 }).where('is_own', '=', 1).execute();
    expect([await contents.sweep('ann'), await contents.sizeOf('ann', forgotten)]).toEqual([3, null]);
    const again = await put('left by another crash');
    now += 23 * hourMs;
    expect(await contents.sweep('ann')).toBe(0);
    now += 2 * hourMs;
    if (name === 'libsql') utimesSync(pathOf(named), 1, 1);
    expect([await contents.sweep('ann'), await contents.sizeOf('ann', again)]).toEqual([1, null]);
    expect(await contents.sizeOf('ann', named)).not.toBeNull();
  });
  const pathOf = (hash: string) => join(dataDir, 'messages', 'aann', hash.slice(0, 2), hash);

  it('a message of 100 MB passes in little memory', async () => {
    const run = Buffer.alloc(64 * 1024, 1);
    let peak = 0;
    const large = (async function* () {
      for (let count = 0; count < 1_600; count += 1) {
        if (count % 100 === 0) peak = Math.max(peak, process.memoryUsage().arrayBuffers);
        yield run;
      }
    })();
    const before = process.memoryUsage().arrayBuffers;
    const { hash, sizeBytes } = await contents.put('ann', large);
    let readBytes = 0;
    for await (const part of contents.open('ann', hash) as AsyncIterable<Buffer>) readBytes += part.length;
    expect([sizeBytes, readBytes]).toEqual([1_600 * run.length, 1_600 * run.length]);
    expect(peak - before).toBeLessThan(64 * 1024 * 1024);
  });

  it.runIf(name === 'libsql')('files and folders are their owner’s alone', async () => {
    const { hash } = await contents.put('ann', runs('secret'));
    expect(statSync(pathOf(hash)).mode & 0o777).toBe(0o600);
    for (const folder of ['messages', 'messages/aann', `messages/aann/${hash.slice(0, 2)}`]) {
      expect(statSync(join(dataDir, folder)).mode & 0o777).toBe(0o700);
    }
  });

  it.runIf(name === 'libsql')('no name of an account leads out of its folder', async () => {
    for (const accountId of ['..', '.', '../bob', '/etc']) await contents.put(accountId, runs('x'));
    expect(readdirSync(dataDir)).toEqual(['messages']);
    expect(readdirSync(join(dataDir, 'messages')).every((folder) => folder.startsWith('a'))).toBe(true);
  });

  it.runIf(name === 'libsql' && canMount())('a full disk is storageFull, and leaves nothing behind', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dataDir]);
    try {
      const small = await contents.put('ann', runs('fits'));
      await expect(contents.put('ann', runs(Buffer.alloc(2 * 1024 * 1024)))).rejects.toMatchObject({
        code: 'storageFull',
      });
      expect(files().map((file) => file.name)).toEqual([small.hash]);
    } finally {
      execFileSync('umount', [dataDir]);
    }
  });
});

/** A small disk of its own takes root; elsewhere the test is left out. */
function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'posthorn-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
