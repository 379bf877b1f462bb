import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Collected } from '../mail/pop3/collection-store.ts';
import { translateStorageError } from './contents-errors.ts';
import type { Store } from './database.ts';
import { writeHeaders } from './maildrop/header.ts';
import { lockThreads } from './maildrop/threads.ts';
import { type Words, wordsOf, writeTexts } from './message-text.ts';

/** Records that these are kept here, with their words, all or none. Throws `storageFull` where the database has no room for it. */
export async function recordCollected(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  accountId: string,
  collected: Collected[],
  now: number,
): Promise<void> {
  if (collected.length === 0) return;
  const words = new Map<string, Words>();
  for (const { uidl, header, text } of collected) words.set(uidl, wordsOf(accountId, header, text));
  // SQLite answers within the call: what must be one transaction is not made longer by the words.
  await setImmediate();
  try {
    await db.transaction().execute(async (transaction) => {
      await lockThreads({ db: transaction, dialect }, accountId);
      const kept = sql`content = known.content, collected_at_ms = ${now}, indexed = 2`;
      const rows = await writeHeaders(transaction, accountId, collected, kept);
      const texts = rows.map(({ row_id, uidl }) => ({ rowId: row_id, words: words.get(uidl) ?? [] }));
      await writeTexts({ db: transaction, dialect }, texts);
    });
  } catch (error) {
    throw translateStorageError(error);
  }
}
