import { type RawBuilder, sql } from 'kysely';
import { MailError } from '../mail/errors.ts';
import type { Store } from './database.ts';
import type { AccountTable } from './schema.ts';
import type { SubmissionState, SubmissionTable } from './submission-tables.ts';

type Opened = Pick<Store, 'db' | 'dialect'>;

/** States that a process has something to do in, once their time has come. */
const dueStates: SubmissionState[] = ['held', 'accepted'];
/** States that a process was in the middle of: without its lease it has died there. */
const openStates: SubmissionState[] = ['sending', 'committed'];

/** What a process has taken, with the login that it goes out by. */
export type DueSubmission = SubmissionTable & { lease_owner: string } & Pick<
    AccountTable,
    'username' | 'protocol' | 'host' | 'port' | 'server_url' | 'smtp_url'
  >;

/** So long is taken what nobody says is still worked on. */
const leaseMs = 120_000;

/** Leases go by the clock that all processes share: their own may differ, and jump. */
const untilOf = ({ dialect }: Opened, ms: number): RawBuilder<number> | number =>
  dialect.name === 'postgres'
    ? sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint + ${ms}::bigint`
    : Date.now() + ms;

/** Writes it down, durably. Throws `conflict` where the same message is on its way already. */
export async function insertSubmission({ db }: Opened, row: SubmissionTable): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('submission')
    .values(row)
    .onConflict((conflict) => conflict.columns(['account_id', 'message_id']).doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows === 0n) throw new MailError('conflict', 'this message is on its way already');
}

/** Null where the account has none of this id. */
export async function readSubmission({ db }: Opened, accountId: string, id: string): Promise<SubmissionTable | null> {
  const row = await db
    .selectFrom('submission')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? translate(row) : null;
}

/** All of an account, the newest first. */
export async function listSubmissions({ db }: Opened, accountId: string): Promise<SubmissionTable[]> {
  const rows = await db
    .selectFrom('submission')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at_ms', 'desc')
    .limit(500)
    .execute();
  return rows.map(translate);
}

/** When something is to be done next: a time that may be past; null where nothing waits. */
export async function nextDueAt({ db }: Opened): Promise<number | null> {
  const row = await db
    .selectFrom('submission')
    .select((select) => select.fn.min('due_at_ms').as('at'))
    .where('state', 'in', dueStates)
    .where('lease_owner', 'is', null)
    .executeTakeFirst();
  return row?.at == null ? null : Number(row.at);
}

/**
 * Takes one whose time has come for `owner`, a name for this one hold; of several processes one gets it. What was `held`
 * is `sending` from now on, so that nobody can take it back. Null where none is due.
 */
export async function takeDueSubmission(
  opened: Opened,
  { owner, now }: { owner: string; now: number },
): Promise<DueSubmission | null> {
  for (;;) {
    const due = await opened.db
      .selectFrom('submission')
      .innerJoin('account', 'account.id', 'submission.account_id')
      .selectAll('submission')
      .select(['account.username', 'account.protocol', 'account.host', 'account.port'])
      .select(['account.server_url', 'account.smtp_url'])
      .where('state', 'in', dueStates)
      .where('due_at_ms', '<=', now)
      .where('lease_owner', 'is', null)
      .orderBy('due_at_ms')
      .executeTakeFirst();
    if (due === undefined) return null;
    const state = due.state === 'held' ? 'sending' : due.state;
    const { numUpdatedRows } = await opened.db
      .updateTable('submission')
      .set({ state, lease_owner: owner, lease_until_ms: untilOf(opened, leaseMs), changed_at_ms: now })
      .where('id', '=', due.id)
      .where('state', '=', due.state)
      .where('lease_owner', 'is', null)
      .executeTakeFirst();
    // None: another process, or the person, was quicker.
    if (numUpdatedRows > 0n) return { ...due, ...translate({ ...due, state }), lease_owner: owner };
  }
}

type Held = Pick<DueSubmission, 'id' | 'lease_owner'>;

/** Writes down a step of who holds it. Throws `conflict` where it is not theirs any more: then the step must not be taken. */
export async function stepSubmission(
  { db }: Opened,
  { id, lease_owner }: Held,
  change: Partial<Omit<SubmissionTable, 'id' | 'account_id'>>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('submission')
    .set(change)
    .where('id', '=', id)
    .where('lease_owner', '=', lease_owner)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new MailError('conflict', 'another process has taken this submission over');
}

/** Says that it is still worked on. Throws `conflict` as `stepSubmission` does. */
export async function holdSubmission(opened: Opened, { id, lease_owner }: Held): Promise<void> {
  const { numUpdatedRows } = await opened.db
    .updateTable('submission')
    .set({ lease_until_ms: untilOf(opened, leaseMs) })
    .where('id', '=', id)
    .where('lease_owner', '=', lease_owner)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new MailError('conflict', 'another process has taken this submission over');
}

/**
 * What was let go of without a word: what was not begun waits again, what may have gone out is `unknown`. Gives whose
 * they were. `alive`: the holds of this process, which has a file for itself; of a database that others use as well, a
 * hold is dead that ran out, or ends later than any can, since the clock was put back.
 */
export async function recoverSubmissions(
  opened: Opened,
  { alive, now }: { alive: readonly string[]; now: number },
): Promise<string[]> {
  const dead = () => {
    const leased = opened.db.updateTable('submission').where('lease_owner', 'is not', null).returning('account_id');
    const strange = alive.length === 0 ? leased : leased.where('lease_owner', 'not in', alive);
    return opened.dialect.name === 'libsql'
      ? strange
      : strange.where((where) =>
          where.or([
            where('lease_until_ms', '<', untilOf(opened, 0)),
            where('lease_until_ms', '>', untilOf(opened, 2 * leaseMs)),
          ]),
        );
  };
  const free = { lease_owner: null, lease_until_ms: null, changed_at_ms: now };
  const recovered = [
    await dead()
      .where('state', '=', 'sending')
      .set({ ...free, state: 'held' })
      .execute(),
    await dead()
      .where('state', '=', 'committed')
      .set({ ...free, state: 'unknown' })
      .execute(),
    await dead().where('state', 'not in', openStates).set(free).execute(),
  ];
  return recovered.flat().map(({ account_id }) => account_id);
}

/** Clocks of several processes may differ by so much. */
const apartMs = 60_000;

/**
 * After the clock was put back, what waits by it would wait so much longer: waits of ours (Undo, the next try) begin anew
 * from `now`, dates that people chose stay. Gives whose they were. `longestHoldMs`: what waits longer waits for a date.
 */
export async function restartWaits(
  { db }: Opened,
  { longestHoldMs, now }: { longestHoldMs: number; now: number },
): Promise<string[]> {
  const changed = await db
    .updateTable('submission')
    .set((row) => ({
      due_at_ms: sql<number>`${row.ref('due_at_ms')} - ${row.ref('changed_at_ms')} + ${now}`,
      changed_at_ms: now,
      created_at_ms: sql<number>`case when ${row.ref('created_at_ms')} > ${now} then ${now} else ${row.ref('created_at_ms')} end`,
    }))
    .where('state', 'in', dueStates)
    .where('lease_owner', 'is', null)
    .where('changed_at_ms', '>', now + apartMs)
    .where('due_at_ms', '<', Number.MAX_SAFE_INTEGER)
    .where((where) =>
      where.or([where('attempts', '>', 0), where(sql<number>`due_at_ms - created_at_ms`, '<=', longestHoldMs)]),
    )
    .returning('account_id')
    .execute();
  return changed.map(({ account_id }) => account_id);
}

/** Forgets one in these states that nobody is at work on. False where it is too late. */
export async function cancelSubmission(
  { db }: Opened,
  { accountId, id, from }: { accountId: string; id: string; from: readonly SubmissionState[] },
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('submission')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('state', 'in', from)
    .where('lease_owner', 'is', null)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Lets one that waits for the person go on. False where it does not wait for them. */
export async function reviveSubmission(
  { db }: Opened,
  { accountId, id, from }: { accountId: string; id: string; from: SubmissionState[] },
  change: Partial<Omit<SubmissionTable, 'id' | 'account_id'>>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('submission')
    .set(change)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('state', 'in', from)
    .where('lease_owner', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets what was done before, and gives the accounts that had any. */
export async function removeFiled({ db }: Opened, before: number): Promise<string[]> {
  const gone = await db
    .deleteFrom('submission')
    .where('state', '=', 'filed')
    .where('changed_at_ms', '<', before)
    .returning('account_id')
    .execute();
  return [...new Set(gone.map(({ account_id }) => account_id))];
}

/** Postgres gives bigint as text. */
const translate = (row: SubmissionTable): SubmissionTable => ({
  ...row,
  due_at_ms: Number(row.due_at_ms),
  created_at_ms: Number(row.created_at_ms),
  changed_at_ms: Number(row.changed_at_ms),
  size_bytes: Number(row.size_bytes),
  lease_until_ms: row.lease_until_ms === null ? null : Number(row.lease_until_ms),
});
