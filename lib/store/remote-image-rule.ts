import type { Store } from './database.ts';
import type { RemoteImageRuleTable } from './schema.ts';

/** Which rule: of an account's person, for a sender or a domain. */
export type RemoteImageRuleKey = Pick<RemoteImageRuleTable, 'account_id' | 'kind' | 'name'>;

/** The rules of an account's person, the newest first. */
export async function listRemoteImageRules({ db }: Store, accountId: string): Promise<RemoteImageRuleTable[]> {
  return await db
    .selectFrom('remote_image_rule')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('created_at_ms', 'desc')
    .orderBy('name')
    .execute();
}

/** Writes a rule in the place of an older one of its name, and keeps the newest `kept` of the account. */
export async function writeRemoteImageRule({ db }: Store, row: RemoteImageRuleTable, kept: number): Promise<void> {
  const { choice, created_at_ms } = row;
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('remote_image_rule')
      .values(row)
      .onConflict((conflict) => conflict.columns(['account_id', 'kind', 'name']).doUpdateSet({ choice, created_at_ms }))
      .execute();
    const oldest = await trx
      .selectFrom('remote_image_rule')
      .select('created_at_ms')
      .where('account_id', '=', row.account_id)
      .orderBy('created_at_ms', 'desc')
      .limit(1)
      .offset(kept)
      .executeTakeFirst();
    if (oldest === undefined) return;
    await trx
      .deleteFrom('remote_image_rule')
      .where('account_id', '=', row.account_id)
      .where('created_at_ms', '<=', oldest.created_at_ms)
      .execute();
  });
}

export async function removeRemoteImageRule({ db }: Store, key: RemoteImageRuleKey): Promise<void> {
  await db
    .deleteFrom('remote_image_rule')
    .where((where) => where.and({ account_id: key.account_id, kind: key.kind, name: key.name }))
    .execute();
}

export async function emptyRemoteImageRules({ db }: Store, accountId: string): Promise<void> {
  await db.deleteFrom('remote_image_rule').where('account_id', '=', accountId).execute();
}
