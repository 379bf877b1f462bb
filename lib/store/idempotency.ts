import { type Kysely, sql } from 'kysely';
import type { Store } from './database.ts';
import type { IdempotencyTable, Tables } from './schema.ts';
import { withoutSync } from './unsynced.ts';

export type IdempotencyPlace = Pick<IdempotencyTable, 'session_id' | 'operation' | 'idempotency_key'>;

/** Takes a key for a write that begins now. Null when it was free; otherwise the row of the earlier use. */
export async function claimKey(
  store: Store,
  place: IdempotencyPlace,
  fingerprint: string,
  expiresAtMs: number,
): Promise<IdempotencyTable | null> {
  return await withoutSync(store, (db) => claim(db, place, fingerprint, expiresAtMs));
}

async function claim(
  db: Kysely<Tables>,
  place: IdempotencyPlace,
  fingerprint: string,
  expiresAtMs: number,
): Promise<IdempotencyTable | null> {
  const same = { ...place };
  await db
    .deleteFrom('idempotency')
    .where((where) => where.and(same))
    .where('expires_at_ms', '<=', Date.now())
    .execute();
  const inserted = await db
    .insertInto('idempotency')
    .values({ ...place, fingerprint, status: null, body: null, size_bytes: rowBytes, expires_at_ms: expiresAtMs })
    .onConflict((conflict) => conflict.columns(['session_id', 'operation', 'idempotency_key']).doNothing())
    .executeTakeFirst();
  if ((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n) return null;
  const row = await db
    .selectFrom('idempotency')
    .selectAll()
    .where((where) => where.and(same))
    .executeTakeFirst();
  return row ?? null;
}

/** What a row takes beside its body, roughly: keys, digest, indexes. */
const rowBytes = 512;

/** Keeps the answer of the write that holds the key, and gives how many bytes that takes. */
export async function keepAnswer(
  store: Store,
  place: IdempotencyPlace,
  answer: { status: number; body: string | null; expires_at_ms: number },
): Promise<number> {
  const size_bytes = rowBytes + Buffer.byteLength(answer.body ?? '');
  await change(store, place, { ...answer, size_bytes });
  return size_bytes;
}

/** Holds the key for a write that still runs. */
export async function extendClaim(store: Store, place: IdempotencyPlace, expiresAtMs: number): Promise<void> {
  await change(store, place, { expires_at_ms: expiresAtMs });
}

async function change(store: Store, place: IdempotencyPlace, values: Partial<IdempotencyTable>): Promise<void> {
  await withoutSync(store, (db) =>
    db
      .updateTable('idempotency')
      .set(values)
      .where((where) => where.and({ ...place }))
      .execute(),
  );
}

/** Removes the oldest answers of all sessions of an account until what is left takes `maxBytes` at most. */
export async function removeOldAnswers(store: Store, accountId: string, maxBytes: number): Promise<void> {
  await withoutSync(store, async (db) => {
    const sessions = db.selectFrom('session').select('id').where('account_id', '=', accountId);
    const answers = db
      .selectFrom('idempotency')
      .select(['expires_at_ms', sql<number>`sum(size_bytes) over (order by expires_at_ms desc)`.as('upToHere')])
      .where('session_id', 'in', sessions)
      .where('status', 'is not', null);
    const newestTooMany = await db
      .selectFrom(answers.as('answers'))
      .select('expires_at_ms')
      .where('upToHere', '>', maxBytes)
      .orderBy('expires_at_ms', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (newestTooMany === undefined) return;
    await db
      .deleteFrom('idempotency')
      .where('session_id', 'in', sessions)
      .where('status', 'is not', null)
      .where('expires_at_ms', '<=', newestTooMany.expires_at_ms)
      .execute();
  });
}

/** Gives the key back after a write that did nothing. */
export async function releaseKey(store: Store, place: IdempotencyPlace): Promise<void> {
  await withoutSync(store, (db) =>
    db
      .deleteFrom('idempotency')
      .where((where) => where.and({ ...place }))
      .execute(),
  );
}

export async function removeExpiredAnswers({ db }: Store, nowMs: number): Promise<void> {
  await db.deleteFrom('idempotency').where('expires_at_ms', '<=', nowMs).execute();
}
