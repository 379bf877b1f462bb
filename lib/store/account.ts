import { randomBytes } from 'node:crypto';
import type { Store } from './database.ts';
import type { AccountTable } from './schema.ts';

/** What a person has chosen for an account that the admin's list has no servers for. */
export type ChosenServers = Pick<AccountTable, 'server_url' | 'smtp_url' | 'address'>;

/** The login that makes an account one and the same over sign-ins. */
export type AccountLogin = Pick<AccountTable, 'protocol' | 'host' | 'port' | 'username'>;

/** The id of the account with this login, made at the first sign-in. */
export async function accountIdOf({ db }: Store, login: AccountLogin): Promise<string> {
  const id = randomBytes(12).toString('base64url');
  await db
    .insertInto('account')
    .values({ id, ...login, created_at_ms: Date.now() })
    .onConflict((conflict) => conflict.columns(['protocol', 'host', 'port', 'username']).doNothing())
    .execute();
  const { protocol, host, port, username } = login;
  const row = await db
    .selectFrom('account')
    .select('id')
    .where((where) => where.and({ protocol, host, port, username }))
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Keeps the servers that were chosen for an account; whoever has its password chooses for all who have. */
export async function keepServers({ db }: Store, accountId: string, chosen: ChosenServers): Promise<void> {
  await db.updateTable('account').set(chosen).where('id', '=', accountId).execute();
}
