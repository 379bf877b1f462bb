import type { Kysely } from 'kysely';
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
    .values({ ...place, fingerprint, status: null, body: null, expires_at_ms: expiresAtMs })
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

/** Keeps the answer of the write that holds the key. */
export async function keepAnswer(
  store: Store,
  place: IdempotencyPlace,
  answer: { status: number; body: string | null; expires_at_ms: number },
): Promise<void> {
  const change = (db: Kysely<Tables>) => db.updateTable('idempotency').set(answer);
  await withoutSync(store, (db) =>
    change(db)
      .where((where) => where.and({ ...place }))
      .execute(),
  );
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
