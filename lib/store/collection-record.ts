import type { Collected } from '../mail/pop3/collection-store.ts';
import { translateStorageError } from './contents-errors.ts';
import type { Store } from './database.ts';
import { headerColumns } from './maildrop/header.ts';
import { joinThread, lockThreads } from './maildrop/threads.ts';
import { writeText } from './message-text.ts';

/** Records that these are kept here, with their words, all or none. Throws `storageFull` where the database has no room for it. */
export async function recordCollected(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  accountId: string,
  collected: Collected[],
  now: number,
): Promise<void> {
  try {
    await db.transaction().execute(async (transaction) => {
      await lockThreads({ db: transaction, dialect }, accountId);
      for (const { uidl, content, header, text } of collected) {
        const thread_id = await joinThread(transaction, accountId, header);
        const row = await transaction
          .updateTable('maildrop_message')
          .set({ content, collected_at_ms: now, indexed: 2, thread_id, ...headerColumns(header) })
          .where('account_id', '=', accountId)
          .where('uidl', '=', uidl)
          .returning('row_id')
          .executeTakeFirst();
        if (row) await writeText({ db: transaction, dialect }, accountId, row.row_id, header, text);
      }
    });
  } catch (error) {
    throw translateStorageError(error);
  }
}
