import type { Kysely } from 'kysely';
import type { Collected } from '../mail/pop3/collection-store.ts';
import { translateStorageError } from './contents-errors.ts';
import { headerColumns } from './maildrop/header.ts';
import type { Tables } from './schema.ts';

/** Records that these are kept here, all or none. Throws `storageFull` where the database has no room for it. */
export async function recordCollected(
  db: Kysely<Tables>,
  accountId: string,
  collected: Collected[],
  now: number,
): Promise<void> {
  try {
    await db.transaction().execute(async (transaction) => {
      for (const { uidl, content, header } of collected) {
        await transaction
          .updateTable('maildrop_message')
          .set({
            content,
            collected_at_ms: now,
            ...headerColumns(header),
          })
          .where('account_id', '=', accountId)
          .where('uidl', '=', uidl)
          .execute();
      }
    });
  } catch (error) {
    throw translateStorageError(error);
  }
}
