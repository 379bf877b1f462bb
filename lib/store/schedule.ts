import { sql } from 'kysely';
import type { Store } from './database.ts';
import type { AccountTable, ScheduleTable } from './schema.ts';

/** The next time of what has none. */
const never = Number.MAX_SAFE_INTEGER;

/** The schedule of an account; null where there is none. */
export async function readSchedule({ db }: Store, accountId: string): Promise<ScheduleTable | null> {
  const row = await db
    .selectFrom('collection_schedule')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ?? null;
}

export async function writeSchedule({ db }: Store, row: ScheduleTable): Promise<void> {
  const { account_id: _, ...changed } = row;
  await db
    .insertInto('collection_schedule')
    .values(row)
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(changed))
    .execute();
}

export async function removeSchedule({ db }: Store, accountId: string): Promise<void> {
  await db.deleteFrom('collection_schedule').where('account_id', '=', accountId).execute();
}

/**
 * Takes one account whose time has come, and puts its next time `every_minutes` on: of several processes one gets it.
 * Null where none is due.
 */
export async function takeDue({ db }: Store, now: number): Promise<(ScheduleTable & AccountTable) | null> {
  for (;;) {
    const due = await db
      .selectFrom('collection_schedule')
      .innerJoin('account', 'account.id', 'collection_schedule.account_id')
      .selectAll()
      // Further off than its minutes: the clock was ahead when it was written.
      .where((where) =>
        where.or([
          where('next_at_ms', '<=', now),
          where.and([
            where(where.ref('next_at_ms'), '>', sql<number>`cast(${now} as bigint) + every_minutes * 60000`),
            where('next_at_ms', '<', never),
          ]),
        ]),
      )
      .orderBy('next_at_ms')
      .executeTakeFirst();
    if (due === undefined) return null;
    const { numUpdatedRows } = await db
      .updateTable('collection_schedule')
      .set({ next_at_ms: now + due.every_minutes * 60_000 })
      .where('account_id', '=', due.account_id)
      .where('next_at_ms', '=', due.next_at_ms)
      .executeTakeFirst();
    // None: another process was quicker.
    if (numUpdatedRows > 0n) return due;
  }
}

/** How the last time went; `problem` null where it went well. `isOver`: there is no next time until it is chosen anew. */
export async function noteCollection(
  { db }: Store,
  accountId: string,
  outcome: { lastAtMs: number; problem: string | null; isOver: boolean },
): Promise<void> {
  await db
    .updateTable('collection_schedule')
    .set({
      last_at_ms: outcome.lastAtMs,
      problem: outcome.problem,
      ...(outcome.isOver ? { next_at_ms: never } : {}),
    })
    .where('account_id', '=', accountId)
    .execute();
}
