import type { Transaction } from 'kysely';
import { MailError } from '../mail/errors.ts';
import type { Store } from './database.ts';
import type { Dialect } from './dialect.ts';
import { lockAccount } from './lock-account.ts';
import type { IdentityTable } from './people-tables.ts';
import type { Tables } from './schema.ts';

type Fields = Omit<IdentityTable, 'id' | 'account_id' | 'position'>;

/** The identities of these accounts, in their order. */
export async function listIdentities({ db }: Pick<Store, 'db'>, accountIds: string[]): Promise<IdentityTable[]> {
  if (accountIds.length === 0) return [];
  return await db
    .selectFrom('identity')
    .selectAll()
    .where('account_id', 'in', accountIds)
    .orderBy('account_id')
    .orderBy('position')
    .execute();
}

/** Adds one behind those of its account; the first is the default. Throws `tooLarge` beyond `most`. */
export async function insertIdentity(
  { db, dialect }: Store,
  row: Omit<IdentityTable, 'position'>,
  most: number,
): Promise<IdentityTable> {
  return await db.transaction().execute(async (trx) => {
    await lockAccount(trx, dialect, row.account_id);
    const before = await listIdentities({ db: trx }, [row.account_id]);
    if (before.length >= most) throw new MailError('tooLarge', 'too many identities', { detail: `at most ${most}` });
    const position = (before.at(-1)?.position ?? -1) + 1;
    const added = { ...row, position, is_default: before.length === 0 ? 1 : row.is_default };
    if (added.is_default === 1) await setDefault(trx, added.account_id, null);
    await trx.insertInto('identity').values(added).execute();
    return added;
  });
}

/** Changes one of these accounts. `position`: its new place among those of its account. Throws `notFound`. */
export async function changeIdentity(
  { db, dialect }: Store,
  { id, accountIds }: { id: string; accountIds: string[] },
  { position, ...fields }: Partial<Fields> & { position?: number },
): Promise<IdentityTable> {
  return await db.transaction().execute(async (trx) => {
    const row = await locked(trx, dialect, { id, accountIds });
    if (fields.is_default === 1) await setDefault(trx, row.account_id, null);
    if (Object.keys(fields).length > 0) await trx.updateTable('identity').set(fields).where('id', '=', id).execute();
    if (position !== undefined) {
      const order = (await listIdentities({ db: trx }, [row.account_id])).filter((one) => one.id !== id);
      order.splice(position, 0, row);
      await place(trx, order);
    }
    return await trx.selectFrom('identity').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  });
}

/** Deletes one of these accounts; where it was the default, the first that is left becomes it. Throws `notFound`. */
export async function deleteIdentity({ db, dialect }: Store, id: string, accountIds: string[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await locked(trx, dialect, { id, accountIds });
    await trx.deleteFrom('identity').where('id', '=', id).execute();
    const left = await listIdentities({ db: trx }, [row.account_id]);
    if (row.is_default === 1 && left[0] !== undefined) await setDefault(trx, row.account_id, left[0].id);
  });
}

/** The identity, with nobody else changing those of its account. Throws `notFound` where it is of other accounts. */
async function locked(
  trx: Transaction<Tables>,
  dialect: Dialect,
  { id, accountIds }: { id: string; accountIds: string[] },
): Promise<IdentityTable> {
  const find = async () => (await listIdentities({ db: trx }, accountIds)).find((one) => one.id === id);
  const found = await find();
  if (found !== undefined) await lockAccount(trx, dialect, found.account_id);
  const row = await find();
  if (row === undefined) throw new MailError('notFound', 'no such identity of this person');
  return row;
}

async function setDefault(trx: Transaction<Tables>, accountId: string, id: string | null): Promise<void> {
  await trx.updateTable('identity').set({ is_default: 0 }).where('account_id', '=', accountId).execute();
  if (id !== null) await trx.updateTable('identity').set({ is_default: 1 }).where('id', '=', id).execute();
}

async function place(trx: Transaction<Tables>, order: IdentityTable[]): Promise<void> {
  for (const [position, { id }] of order.entries())
    await trx.updateTable('identity').set({ position }).where('id', '=', id).execute();
}
