import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MailError } from '../mail/errors.ts';
import { accountIdOf } from '../store/account.ts';
import { createSession, removeSession } from '../store/session.ts';
import { databases } from '../store/testing/databases.ts';
import { answerOnce, type KeyedRequest } from './idempotency.ts';
import { store } from './store.ts';
import { sweep } from './sweep.ts';
import { install } from './testing/installation.ts';

describe.each(databases)('an idempotency key on $name', (database) => {
  let installation: Awaited<ReturnType<typeof install>>;
  let runs = 0;
  beforeAll(async () => {
    installation = await install(database, {});
    const login = { protocol: 'imap', host: 'h', port: 1, username: 'u' } as const;
    const account_id = await accountIdOf(await store(), login);
    const times = { created_at_ms: 1, last_seen_at_ms: 1, expires_at_ms: Date.now() + 60_000 };
    for (const id of ['s', 'other']) {
      await createSession(await store(), { id, account_id, user_agent: '', ...times }, Buffer.from(''));
    }
  });
  afterAll(() => installation.remove());

  const request = (change: Partial<KeyedRequest>): KeyedRequest => ({
    sessionId: 's',
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
