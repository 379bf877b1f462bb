import type { Store } from './database.ts';
import { lockAccount } from './lock-account.ts';

/** The JSON that an account's person chose; null when nothing was chosen yet. */
export async function readSetting({ db }: Store, accountId: string): Promise<string | null> {
  const row = await db.selectFrom('setting').select('value').where('account_id', '=', accountId).executeTakeFirst();
  return row?.value ?? null;
}

/** Replaces it by what `change` makes of it, with no other change in between. */
export async function changeSetting(
  { db, dialect }: Store,
  accountId: string,
  change: (value: string | null) => string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockAccount(trx, dialect, accountId);
    const row = await trx.selectFrom('setting').select('value').where('account_id', '=', accountId).executeTakeFirst();
    const values = { value: change(row?.value ?? null), updated_at_ms: Date.now() };
    await trx
      .insertInto('setting')
      .values({ account_id: accountId, ...values })
      .onConflict((conflict) => conflict.column('account_id').doUpdateSet(values))
      .execute();
  });
}
