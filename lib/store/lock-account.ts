import type { Transaction } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { Tables } from './schema.ts';

/** Until the transaction ends, no other one that asks for this account's lock goes on. */
export async function lockAccount(trx: Transaction<Tables>, dialect: Dialect, accountId: string): Promise<void> {
  const account = trx.selectFrom('account').select('id').where('id', '=', accountId);
  // SQLite has one writer at a time anyhow, and no FOR UPDATE.
  await (dialect.name === 'postgres' ? account.forUpdate() : account).executeTakeFirstOrThrow();
}
