import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cancelSubmission,
  holdSubmission,
  insertSubmission,
  nextDueAt,
  readSubmission,
  recoverSubmissions,
  removeFiled,
  restartWaits,
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
  const take = (owner: string, now = 2_000) => takeDueSubmission(opened.store, { owner, now });
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
      ...rows.map(async ({ id }) =>
        (await cancelSubmission(opened.store, { accountId: 'ann', id, from: ['held', 'refused', 'unknown'] }))
          ? id
          : null,
      ),
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

  const recover = (alive: string[] = []) => recoverSubmissions(opened.store, { alive, now: 5_000 });
  const untilOf = async (id: string) => (await readSubmission(opened.store, 'ann', id))?.lease_until_ms ?? null;

  it('of a dead process waits again where nothing went out, is unknown where something may have, and goes on to its copy', async () => {
    const owned = { lease_owner: 'dead', lease_until_ms: Date.now() - 1 };
    const begun = await written({ ...owned, state: 'sending' });
    const going = await written({ ...owned, state: 'committed' });
    const taken = await written({ ...owned, state: 'accepted' });
    expect(await recover(['dead'])).toEqual([]);
    expect(await recover(['other'])).toEqual(['ann', 'ann', 'ann']);
    expect([await stateOf(begun.id), await stateOf(going.id), await stateOf(taken.id)]).toEqual([
      'held',
      'unknown',
      'accepted',
    ]);
    const again = [await take('next'), await take('next'), await take('next')];
    expect(again.map((row) => row?.id ?? null).sort()).toEqual([begun.id, taken.id, null].sort());
    await drain();
  });

  it('belongs to who took it for two minutes, by the clock of the database alone', async () => {
    const { id } = await written();
    const row = await take('first', 3 * 86_400_000);
    const isNear = (at: number | null) => Math.abs((at ?? 0) - Date.now() - 120_000) < 60_000;
    expect(isNear(await untilOf(id))).toBe(true);
    await opened.store.db.updateTable('submission').set({ lease_until_ms: 7 }).where('id', '=', id).execute();
    if (row !== null) await holdSubmission(opened.store, row);
    expect(isNear(await untilOf(id))).toBe(true);
    // A file is of one process: what that does not hold, nobody does.
    expect(await recover()).toEqual(opened.where.databaseUrl === null ? ['ann'] : []);
    await drain();
    const ahead = await written({
      state: 'sending',
      lease_owner: 'of tomorrow',
      lease_until_ms: Date.now() + 86_400_000,
    });
    expect(await recover()).toEqual(['ann']);
    expect(await stateOf(ahead.id)).toBe('held');
    await drain();
  });

  it('waits no longer where the clock was put back, but for the date that a person chose', async () => {
    const day = 86_400_000;
    const at = { created_at_ms: day, changed_at_ms: day };
    const undo = await written({ ...at, due_at_ms: day + 10_000 });
    const retry = await written({ ...at, due_at_ms: day + 300_000, attempts: 1 });
    const dated = await written({ ...at, due_at_ms: 2 * day });
    const asked = await written({ ...at, state: 'accepted', attempts: 5, due_at_ms: Number.MAX_SAFE_INTEGER });
    const restart = (now: number) => restartWaits(opened.store, { longestHoldMs: 60_000, now });
    expect(await restart(day - 60_000)).toEqual([]);
    expect(await restart(1_000)).toEqual(['ann', 'ann']);
    const dueOf = async ({ id }: SubmissionTable) => (await readSubmission(opened.store, 'ann', id))?.due_at_ms;
    expect([await dueOf(undo), await dueOf(retry), await dueOf(dated), await dueOf(asked)]).toEqual([
      11_000,
      301_000,
      2 * day,
      Number.MAX_SAFE_INTEGER,
    ]);
    expect((await readSubmission(opened.store, 'ann', undo.id))?.created_at_ms).toBe(1_000);
    await opened.store.db.deleteFrom('submission').execute();
  });

  it('takes no step of a process that has lost it', async () => {
    const { id } = await written();
    const first = await take('first');
    await opened.store.db.updateTable('submission').set({ lease_until_ms: 7 }).where('id', '=', id).execute();
    await recover();
    const second = await take('second');
    if (first === null || second === null) throw new Error('it was not taken');
    const late = stepSubmission(opened.store, first, { state: 'committed' });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    await expect(holdSubmission(opened.store, first)).rejects.toMatchObject({ code: 'conflict' });
    await stepSubmission(opened.store, second, { state: 'committed' });
    expect(await stateOf(id)).toBe('committed');
    expect(await cancelSubmission(opened.store, { accountId: 'ann', id, from: ['held', 'refused', 'unknown'] })).toBe(
      false,
    );
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
