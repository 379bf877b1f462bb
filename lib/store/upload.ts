import type { Store } from './database.ts';
import type { UploadTable } from './submission-tables.ts';

type Opened = Pick<Store, 'db'>;

export async function insertUpload({ db }: Opened, row: UploadTable): Promise<void> {
  await db.insertInto('upload').values(row).execute();
}

/** Those of the account among `ids`, by their id. */
export async function findUploads({ db }: Opened, accountId: string, ids: string[]): Promise<Map<string, UploadTable>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('upload')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.id, { ...row, size_bytes: Number(row.size_bytes) }]));
}

/** Makes it as old as can be: the next sweep takes it, and its bytes with it. */
export async function expireUpload({ db }: Opened, accountId: string, id: string): Promise<void> {
  await db
    .updateTable('upload')
    .set({ created_at_ms: 0 })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute();
}

/** How much an account has waiting, in bytes. */
export async function uploadedBytes({ db }: Opened, accountId: string): Promise<number> {
  const row = await db
    .selectFrom('upload')
    .select((select) => select.fn.sum('size_bytes').as('sum'))
    .where('account_id', '=', accountId)
    .where('created_at_ms', '>', 0)
    .executeTakeFirst();
  return Number(row?.sum ?? 0);
}

/** Forgets what was uploaded before, and gives the accounts that had any. */
export async function removeOldUploads({ db }: Opened, before: number): Promise<string[]> {
  const gone = await db.deleteFrom('upload').where('created_at_ms', '<', before).returning('account_id').execute();
  return [...new Set(gone.map(({ account_id }) => account_id))];
}
