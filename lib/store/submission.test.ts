import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cancelSubmission,
  insertSubmission,
  nextDueAt,
  readSubmission,
  recoverSubmissions,
  removeFiled,
  reviveSubmission,
  stepSubmission,
  takeDueSubmission,
} from './submission.ts';
import type { SubmissionTable } from './submission-tables.ts';
import { databases, type TestStore } from './testing/databases.ts';

describe.each(databases)('submissions in $name', ({ open }) => {
  let opened: TestStore;
  beforeAll(async () => {
    opened = await open();
    for (const id of ['ann', 'bob'])
      await opened.store.db
        .insertInto('account')
        .values({ id, protocol: 'imap', host: 'h', port: 993, username: `${id}@example.org`, created_at_ms: 1 })
        .execute();
  });
  afterAll(async () => opened.stop());

  let count = 0;
  async function written(change: Partial<SubmissionTable> = {}): Promise<SubmissionTable> {
    count += 1;
    const row: SubmissionTable = {
      id: `submission-${count}`,
      account_id: 'ann',
      state: 'held',
      message_id: `${count}@example.org`,
      due_at_ms: 1_000,
      created_at_ms: 1,
      changed_at_ms: 1,
      content: 'c'.repeat(64),
      size_bytes: 10,
      is_8bit: 0,
      envelope: '{}',
      bcc_field: '',
      about: '{}',
      afterwards: '{}',
      half: 'half',
      sealed_secret: Buffer.from('sealed'),
      attempts: 0,
      problem: null,
      server_text: null,
      refused: '[]',
      lease_owner: null,
      lease_until_ms: null,
      ...change,
    };
    await insertSubmission(opened.store, row);
    return row;
  }
  const take = (owner: string, now = 2_000) => takeDueSubmission(opened.store, { owner, untilMs: now + 100, now });
  const stateOf = async (id: string) => (await readSubmission(opened.store, 'ann', id))?.state ?? null;
  const drain = async () => {
    for (let row = await take('drain', 1e15); row !== null; row = await take('drain', 1e15));
    await opened.store.db.deleteFrom('submission').execute();
  };

  it('gives one that is due to one process, with its login, and not before its time', async () => {
    const row = await written();
    expect(await take('early', 999)).toBeNull();
    expect(await nextDueAt(opened.store)).toBe(1_000);
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => take(owner)));
    expect(taken.filter((one) => one !== null)).toMatchObject([
      { id: row.id, state: 'sending', username: 'ann@example.org', due_at_ms: 1_000 },
    ]);
    expect(await nextDueAt(opened.store)).toBeNull();
    await drain();
  });

  it('is either taken back or sent, whoever is quicker', async () => {
    const rows = await Promise.all(Array.from({ length: 20 }, () => written()));
    const outcomes = await Promise.all([
      ...rows.map(async ({ id }) => ((await cancelSubmission(opened.store, 'ann', id)) ? id : null)),
      ...rows.map(async () => (await take('worker'))?.id ?? null),
    ]);
    const ids = outcomes.filter((id) => id !== null);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(rows.length);
    await drain();
  });

  it('is on its way once for a message and account', async () => {
    await written({ message_id: 'same@example.org' });
    await expect(written({ message_id: 'same@example.org' })).rejects.toMatchObject({ code: 'conflict' });
    await written({ message_id: 'same@example.org', account_id: 'bob' });
    await drain();
  });

  it('of a dead process waits again where nothing went out, is unknown where something may have, and goes on to its copy', async () => {
    const owned = { lease_owner: 'dead', lease_until_ms: 3_000 };
    const begun = await written({ ...owned, state: 'sending' });
    const going = await written({ ...owned, state: 'committed' });
    const taken = await written({ ...owned, state: 'accepted' });
    expect(await recoverSubmissions(opened.store, 2_999, false)).toBe(0);
    expect(await recoverSubmissions(opened.store, 3_001, false)).toBe(3);
    expect([await stateOf(begun.id), await stateOf(going.id), await stateOf(taken.id)]).toEqual([
      'held',
      'unknown',
      'accepted',
    ]);
    const again = [await take('next'), await take('next'), await take('next')];
    expect(again.map((row) => row?.id ?? null).sort()).toEqual([begun.id, taken.id, null].sort());
    await drain();
    const alone = await written({ ...owned, state: 'sending', lease_until_ms: 1e15 });
    expect(await recoverSubmissions(opened.store, 1, true)).toBe(1);
    expect(await stateOf(alone.id)).toBe('held');
    await drain();
  });

  it('takes no step of a process that has lost it', async () => {
    const row = await written();
    await take('first');
    await recoverSubmissions(opened.store, 1e14, false);
    await take('second', 1e14);
    const late = stepSubmission(opened.store, { id: row.id, owner: 'first' }, { state: 'committed' });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    await stepSubmission(opened.store, { id: row.id, owner: 'second' }, { state: 'committed' });
    expect(await stateOf(row.id)).toBe('committed');
    expect(await cancelSubmission(opened.store, 'ann', row.id)).toBe(false);
    await drain();
  });

  it('goes on only from where it waits for the person, and is forgotten a while after it was filed', async () => {
    const row = await written({ state: 'refused' });
    const revive = (from: SubmissionTable['state'][]) =>
      reviveSubmission(opened.store, { accountId: 'ann', id: row.id, from }, { state: 'held' });
    expect(await revive(['unknown'])).toBe(false);
    expect(await revive(['refused'])).toBe(true);
    const filed = await written({ state: 'filed', changed_at_ms: 10 });
    expect(await removeFiled(opened.store, 10)).toEqual([]);
    expect(await removeFiled(opened.store, 11)).toEqual(['ann']);
    expect([await stateOf(filed.id), await stateOf(row.id)]).toEqual([null, 'held']);
    await drain();
  });
});
