import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Collected } from '../mail/pop3/collection-store.ts';
import { translateStorageError } from './contents-errors.ts';
import { type SmallContent, writeSmallContents } from './contents-small.ts';
import type { Store } from './database.ts';
import { writeHeaders } from './maildrop/header.ts';
import { lockThreads } from './maildrop/threads.ts';
import { type Words, wordsOf, writeTexts } from './message-text.ts';

/** Records that these are kept here, with their words and the bytes of small ones, all or none. Throws `storageFull` where there is no room for it. */
export async function recordCollected(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  accountId: string,
  collected: Collected[],
  now: number,
): Promise<void> {
  if (collected.length === 0) return;
  const words = new Map<string, Words>();
  const small: SmallContent[] = [];
  for (const { uidl, header, text, content, bytes } of collected) {
    words.set(uidl, wordsOf(accountId, header, text));
    if (bytes !== null) small.push({ hash: content, bytes });
  }
  // SQLite answers within the call: what must be one transaction is not made longer by the words, and its statements leave
  // room between them for those who ask for nothing of the database.
  await setImmediate();
  try {
    await db.transaction().execute(async (transaction) => {
      await lockThreads({ db: transaction, dialect }, accountId);
      await writeSmallContents(transaction, accountId, small, now);
      const kept = sql`content = known.content, collected_at_ms = ${now}, indexed = 2`;
      await setImmediate();
      const rows = await writeHeaders(transaction, accountId, collected, kept);
      await setImmediate();
      const texts = rows.map(({ row_id, uidl }) => ({ rowId: row_id, words: words.get(uidl) ?? [] }));
      await writeTexts({ db: transaction, dialect }, texts);
      await setImmediate();
    });
  } catch (error) {
    throw translateStorageError(error);
  }
}
