import type { Store } from './database.ts';

/** Notes that an account has signed in from a network, and keeps its `kept` last ones. */
export async function rememberAddress(
  { db }: Store,
  known: { digest: string; accountId: string },
  kept: number,
): Promise<void> {
  const values = { account_id: known.accountId, seen_at_ms: Date.now() };
  await db
    .insertInto('known_address')
    .values({ digest: known.digest, ...values })
    .onConflict((conflict) => conflict.column('digest').doUpdateSet(values))
    .execute();
  const last = db
    .selectFrom('known_address')
    .select('digest')
    .where('account_id', '=', known.accountId)
    .orderBy('seen_at_ms', 'desc')
    .limit(kept);
  await db
    .deleteFrom('known_address')
    .where('account_id', '=', known.accountId)
    .where('digest', 'not in', last)
    .execute();
}

/** Whether it was noted since. */
export async function isKnownAddress({ db }: Store, digest: string, sinceMs: number): Promise<boolean> {
  const row = await db
    .selectFrom('known_address')
    .select('digest')
    .where('digest', '=', digest)
    .where('seen_at_ms', '>', sinceMs)
    .executeTakeFirst();
  return row !== undefined;
}

/** Forgets what was noted before. */
export async function removeOldAddresses({ db }: Store, beforeMs: number): Promise<void> {
  await db.deleteFrom('known_address').where('seen_at_ms', '<=', beforeMs).execute();
}
