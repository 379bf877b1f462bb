import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MailError } from '../mail/errors.ts';
import { accountIdOf } from '../store/account.ts';
import { claimKey } from '../store/idempotency.ts';
import { createSession, removeSession } from '../store/session.ts';
import { databases } from '../store/testing/databases.ts';
import { answerOnce, type KeyedRequest } from './idempotency.ts';
import { store } from './store.ts';
import { sweep } from './sweep.ts';
import { install } from './testing/installation.ts';

describe.each(databases)('an idempotency key on $name', (database) => {
  let installation: Awaited<ReturnType<typeof install>>;
  let runs = 0;
  let accountId = '';
  beforeAll(async () => {
    installation = await install(database, {});
    const login = { protocol: 'imap', host: 'h', port: 1, username: 'u' } as const;
    const account_id = await accountIdOf(await store(), login);
    accountId = account_id;
    const times = { created_at_ms: 1, last_seen_at_ms: 1, expires_at_ms: Date.now() + 60_000 };
    for (const id of ['s', 'other']) {
      await createSession(await store(), { id, account_id, user_agent: '', ...times }, Buffer.from(''));
    }
  });
  afterAll(() => installation.remove());

  const request = (change: Partial<KeyedRequest>): KeyedRequest => ({
    sessionId: 's',
    accountId,
    operation: 'copyMessages',
    key: 'k',
    content: { ids: ['a'] },
    ...change,
  });
  const work = async () => ({ status: 200, body: `{"run":${++runs}}` });
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'answered',
      (error: unknown) => (error instanceof MailError ? error.code : String(error)),
    );

  const rowOf = async (key: string) =>
    await (await store()).db
      .selectFrom('idempotency')
      .selectAll()
      .where('idempotency_key', '=', key)
      .executeTakeFirst();

  test('gives the first answer again without doing the work again', async () => {
    const first = await answerOnce(request({ key: 'twice' }), work);
    const second = await answerOnce(request({ key: 'twice' }), work);
    expect(first.isReplay).toBe(false);
    expect(second).toEqual({ ...first, isReplay: true });
  });

  test('counts per session, operation and key', async () => {
    const first = await answerOnce(request({ key: 'apart' }), work);
    for (const change of [{ key: 'apart2' }, { operation: 'moveMessages' }, { sessionId: 'other' }]) {
      const other = await answerOnce(request({ key: 'apart', ...change }), work);
      expect(other.isReplay).toBe(false);
      expect(other.body).not.toBe(first.body);
    }
  });

  test('is refused for another request than its own', async () => {
    await answerOnce(request({ key: 'reused' }), work);
    const before = runs;
    expect(await codeOf(answerOnce(request({ key: 'reused', content: { ids: ['b'] } }), work))).toBe('invalid');
    expect(runs).toBe(before);
  });

  test('of two requests at once one works, the other is told to wait and then gets its answer', async () => {
    const before = runs;
    let finish = () => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun = () => {};
    const working = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = answerOnce(request({ key: 'race' }), async () => {
      begun();
      await gate;
      return await work();
    });
    await working;
    expect(await codeOf(answerOnce(request({ key: 'race' }), work))).toBe('conflict');
    finish();
    expect((await first).isReplay).toBe(false);
    expect((await answerOnce(request({ key: 'race' }), work)).isReplay).toBe(true);
    expect(runs).toBe(before + 1);
  });

  test('ten requests at once do the work once', async () => {
    const before = runs;
    const codes = await Promise.all(
      Array.from({ length: 10 }, () => codeOf(answerOnce(request({ key: 'ten' }), work))),
    );
    expect(runs).toBe(before + 1);
    expect(codes.filter((code) => code === 'answered').length).toBeGreaterThan(0);
  });

  test('is free again after a write that threw', async () => {
    const fails = async () => {
      throw new MailError('busy', 'no connection');
    };
    expect(await codeOf(answerOnce(request({ key: 'failed' }), fails))).toBe('busy');
    expect((await answerOnce(request({ key: 'failed' }), work)).isReplay).toBe(false);
  });

  test('is held as long as its write runs, however short the claim', async () => {
    const before = runs;
    let finish = () => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const first = answerOnce(request({ key: 'long' }), () => gate.then(work), { ms: 200 });
    const expiry = async () => (await rowOf('long'))?.expires_at_ms ?? 0;
    await expect.poll(expiry).toBeGreaterThan(0);
    const claimedUntil = await expiry();
    await expect.poll(expiry).toBeGreaterThan(claimedUntil);
    await expect.poll(() => Date.now()).toBeGreaterThan(claimedUntil);
    expect(await codeOf(answerOnce(request({ key: 'long' }), work))).toBe('conflict');
    finish();
    const answer = await first;
    expect(await answerOnce(request({ key: 'long' }), work)).toEqual({ ...answer, isReplay: true });
    expect(runs).toBe(before + 1);
    expect(await expiry()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  });

  test('is free again once the process that held it has been silent for the time of its claim', async () => {
    const place = { session_id: 's', operation: 'copyMessages', idempotency_key: 'dead' };
    await claimKey(await store(), place, 'whatever it was', Date.now() + 500);
    expect(await codeOf(answerOnce(request({ key: 'dead' }), work))).toBe('invalid');
    await expect.poll(() => codeOf(answerOnce(request({ key: 'dead' }), work))).toBe('answered');
  });

  test('an answer is given even where it cannot be kept, and a failure as it was', async () => {
    const { db } = await store();
    const hide = () => db.schema.alterTable('idempotency').renameTo('hidden').execute();
    const show = () => db.schema.alterTable('hidden').renameTo('idempotency').execute();
    const before = runs;
    const answer = await answerOnce(request({ key: 'unkept' }), async () => {
      await hide();
      return await work();
    }).finally(show);
    expect(answer).toEqual({ status: 200, body: `{"run":${before + 1}}`, isReplay: false });
    const failing = answerOnce(request({ key: 'unreleased' }), async () => {
      await hide();
      throw new MailError('overQuota', 'full');
    }).finally(show);
    expect(await codeOf(failing)).toBe('overQuota');
    // Nobody knows of the answer; until the claim ends nobody may do it again either.
    expect(await codeOf(answerOnce(request({ key: 'unkept' }), work))).toBe('conflict');
    expect(runs).toBe(before + 1);
  });

  test('an answer too large to keep is given once, and is not done again', async () => {
    const before = runs;
    const large = async () => ({ ...(await work()), body: 'x'.repeat(2 * 1024 * 1024 + 1) });
    expect((await answerOnce(request({ key: 'large' }), large)).body).toHaveLength(2 * 1024 * 1024 + 1);
    expect(await codeOf(answerOnce(request({ key: 'large' }), large))).toBe('conflict');
    expect((await rowOf('large'))?.body).toBeNull();
    expect(runs).toBe(before + 1);
  });

  test('one person keeps 8 MiB and a little, the newest, over all their sessions; nobody else loses an answer', async () => {
    const { db } = await store();
    const stranger = await accountIdOf(await store(), { protocol: 'imap', host: 'h', port: 1, username: 'stranger' });
    const times = { created_at_ms: 1, last_seen_at_ms: 1, expires_at_ms: Date.now() + 60_000 };
    const theirs = { id: 'theirs', account_id: stranger, user_agent: '', ...times };
    await createSession(await store(), theirs, Buffer.from(''));
    const big = async () => ({ status: 200, body: 'x'.repeat(500_000) });
    await answerOnce(request({ sessionId: 'theirs', accountId: stranger, key: 'theirs' }), big);
    for (let at = 0; at < 60; at++) {
      await answerOnce(request({ sessionId: at % 2 ? 's' : 'other', key: `fill ${at}` }), big);
    }
    const rows = await db.selectFrom('idempotency').select(['idempotency_key as key', 'body']).execute();
    const own = rows.filter(({ key }) => key !== 'theirs');
    const bytes = own.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);
    expect(bytes).toBeLessThan(9 * 1024 * 1024);
    expect(bytes).toBeGreaterThan(7 * 1024 * 1024);
    expect(own.map(({ key }) => key)).toContain('fill 59');
    expect(own.map(({ key }) => key)).not.toContain('fill 0');
    expect(rows.map(({ key }) => key)).toContain('theirs');
  });

  test('ends with its session', async () => {
    const { db } = await store();
    await answerOnce(request({ sessionId: 'other', key: 'ends' }), work);
    const kept = () => db.selectFrom('idempotency').select('operation').where('session_id', '=', 'other').execute();
    expect(await kept()).not.toEqual([]);
    await removeSession(await store(), 'other');
    expect(await kept()).toEqual([]);
  });

  test('is swept away when it has expired, and no other is', async () => {
    const { db } = await store();
    await answerOnce(request({ key: 'stays' }), work);
    await answerOnce(request({ key: 'goes' }), work);
    await db.updateTable('idempotency').set({ expires_at_ms: 1 }).where('idempotency_key', '=', 'goes').execute();
    await sweep();
    const rows = await db.selectFrom('idempotency').select('idempotency_key as key').execute();
    const keys = rows.map((row) => row.key);
    expect(keys).toContain('stays');
    expect(keys).not.toContain('goes');
  });
});
