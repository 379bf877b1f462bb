import type { LabelColor } from '../mail/model.ts';
import type { Store } from './database.ts';
import type { AccountTable, SessionTable } from './schema.ts';
import { withoutSync } from './unsynced.ts';

/** A session with the accounts it may open, as their person calls them; the one that signed in comes first. */
export interface SessionRow extends SessionTable {
  accounts: (AccountTable & { name: string | null; color: LabelColor | null })[];
}

/** Writes a sign-in with its first account's sealed secret, both or neither. */
export async function createSession({ db }: Store, session: SessionTable, sealedSecret: Buffer): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('session').values(session).execute();
    const { id: session_id, account_id } = session;
    await trx.insertInto('session_account').values({ session_id, account_id, sealed_secret: sealedSecret }).execute();
  });
}

/** Lets a session open one more account, or the same with another secret. */
export async function addToSession(
  { db }: Store,
  { sessionId, accountId }: { sessionId: string; accountId: string },
  sealedSecret: Buffer,
): Promise<void> {
  await db
    .insertInto('session_account')
    .values({ session_id: sessionId, account_id: accountId, sealed_secret: sealedSecret })
    .onConflict((conflict) =>
      conflict.columns(['session_id', 'account_id']).doUpdateSet({ sealed_secret: sealedSecret }),
    )
    .execute();
}

/** A session that has not expired; null otherwise. */
export async function readSession({ db }: Store, id: string): Promise<SessionRow | null> {
  const session = await db
    .selectFrom('session')
    .selectAll()
    .where('id', '=', id)
    .where('expires_at_ms', '>', Date.now())
    .executeTakeFirst();
  if (session === undefined) return null;
  const accounts = await db
    .selectFrom('session_account')
    .innerJoin('account', 'account.id', 'session_account.account_id')
    .leftJoin('person_account', (join) =>
      join
        .onRef('person_account.account_id', '=', 'session_account.account_id')
        .on('person_account.owner_id', '=', session.account_id),
    )
    .selectAll('account')
    .select(['person_account.name', 'person_account.color'])
    .where('session_id', '=', id)
    .orderBy('person_account.position')
    .orderBy('account.id')
    .execute();
  const isFirst = ({ id }: AccountTable) => Number(id === session.account_id);
  return { ...session, accounts: accounts.sort((a, b) => isFirst(b) - isFirst(a)) };
}

/** The sealed secret and the account's server; null when the session may not open this account. */
export async function readSealedSecret(
  { db }: Store,
  place: { sessionId: string; accountId: string },
): Promise<(AccountTable & { sealed_secret: Buffer }) | null> {
  const row = await db
    .selectFrom('session_account')
    .innerJoin('account', 'account.id', 'session_account.account_id')
    .selectAll('account')
    .select('sealed_secret')
    .where('session_id', '=', place.sessionId)
    .where('account_id', '=', place.accountId)
    .executeTakeFirst();
  return row ?? null;
}

export async function touchSession(store: Store, id: string, lastSeenAtMs: number): Promise<void> {
  await withoutSync(store, (db) =>
    db.updateTable('session').set({ last_seen_at_ms: lastSeenAtMs }).where('id', '=', id).execute(),
  );
}

/** Where the person of this account is signed in, the last seen first. */
export async function listSessionsOf({ db }: Store, accountId: string): Promise<SessionTable[]> {
  return await db
    .selectFrom('session')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at_ms', '>', Date.now())
    .orderBy('last_seen_at_ms', 'desc')
    .orderBy('id')
    .execute();
}

/** The ids of an account's sessions past the `kept` that were seen last; 1,000 at most. */
export async function sessionsPast({ db }: Store, accountId: string, kept: number): Promise<string[]> {
  const rows = await db
    .selectFrom('session')
    .select('id')
    .where('account_id', '=', accountId)
    .orderBy('last_seen_at_ms', 'desc')
    .orderBy('created_at_ms', 'desc')
    .limit(1_000)
    .offset(kept)
    .execute();
  return rows.map((row) => row.id);
}

/** Removes a session and its secrets, if it is still there. */
export async function removeSession({ db }: Store, id: string): Promise<void> {
  await db.deleteFrom('session').where('id', '=', id).execute();
}

/** Removes what has expired. */
export async function removeExpiredSessions({ db }: Store, nowMs: number): Promise<void> {
  await db.deleteFrom('session').where('expires_at_ms', '<=', nowMs).execute();
}

/** Those of `ids` that are still signed in. */
export async function liveSessionsAmong({ db }: Store, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('session')
    .select('id')
    .where('id', 'in', ids)
    .where('expires_at_ms', '>', Date.now())
    .execute();
  return new Set(rows.map((row) => row.id));
}
