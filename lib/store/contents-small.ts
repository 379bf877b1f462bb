import { Readable } from 'node:stream';
import { type Kysely, sql } from 'kysely';
import { MailError } from '../mail/errors.ts';
import type { MaildropContents } from '../mail/pop3/contents-store.ts';
import { batches } from './batches.ts';
import { namedContents, unnamedMs } from './contents-sweep.ts';
import type { Store } from './database.ts';
import type { Tables } from './schema.ts';

/** Bytes of a message under their SHA-256. */
export interface SmallContent {
  hash: string;
  bytes: Buffer;
}

/** Keeps small messages as rows, in the transaction that records them. Of bytes that are there only the time is new. */
export async function writeSmallContents(
  db: Kysely<Tables>,
  accountId: string,
  contents: SmallContent[],
  now: number,
): Promise<void> {
  const distinct = new Map(contents.map(({ hash, bytes }) => [hash, bytes]));
  for (const some of batches([...distinct])) {
    await db
      .insertInto('maildrop_small_content')
      .values(some.map(([hash, bytes]) => ({ account_id: accountId, hash, bytes, stored_at_ms: now })))
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'hash']).doUpdateSet({ stored_at_ms: sql`excluded.stored_at_ms` }),
      )
      .execute();
  }
}

/** Reading and sweeping what writeSmallContents has kept; on both databases. */
export function createSmallContents(
  openStore: () => Promise<Pick<Store, 'db'>>,
  now: () => number,
): Omit<MaildropContents, 'put'> {
  const find = async (accountId: string, hash: string) =>
    (await openStore()).db
      .selectFrom('maildrop_small_content')
      .where('account_id', '=', accountId)
      .where('hash', '=', hash);
  return {
    open: (accountId, hash) =>
      Readable.from(
        (async function* () {
          const row = await (await find(accountId, hash)).select('bytes').executeTakeFirst();
          if (!row) throw new MailError('notFound', 'the kept message is not there');
          // libsql answers with an ArrayBuffer.
          const bytes = Buffer.from(row.bytes);
          if (bytes.length > 0) yield bytes;
        })(),
        { objectMode: false },
      ),
    async sizeOf(accountId, hash) {
      const row = await (await find(accountId, hash))
        .select(sql<number>`length(bytes)`.as('size_bytes'))
        .executeTakeFirst();
      return row ? Number(row.size_bytes) : null;
    },
    async remove(accountId, hash) {
      const { db } = await openStore();
      const ofAccount = db.deleteFrom('maildrop_small_content').where('account_id', '=', accountId);
      await ofAccount.where('hash', '=', hash).execute();
    },
    sweep: async (accountId) => sweepSmall((await openStore()).db, accountId, now() - unnamedMs),
  };
}

/** In windows of hashes, which an index gives: one statement over years of mail would hold up everybody. */
async function sweepSmall(db: Kysely<Tables>, accountId: string, before: number): Promise<number> {
  const named = new Set((await namedContents(db, accountId).execute()).map(({ content }) => content));
  let swept = 0;
  for (let after = ''; ; ) {
    const hashes = await db
      .selectFrom('maildrop_small_content')
      .select('hash')
      .where('account_id', '=', accountId)
      .where('hash', '>', after)
      .orderBy('hash')
      .limit(2_000)
      .execute();
    const unnamed = hashes.flatMap(({ hash }) => (named.has(hash) ? [] : [hash]));
    for (const some of batches(unnamed)) {
      // What was recorded meanwhile has a new time.
      const { numDeletedRows } = await db
        .deleteFrom('maildrop_small_content')
        .where('account_id', '=', accountId)
        .where('hash', 'in', some)
        .where('stored_at_ms', '<', before)
        .executeTakeFirst();
      swept += Number(numDeletedRows);
    }
    const last = hashes.at(-1);
    if (!last) return swept;
    after = last.hash;
  }
}
