import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Kysely, sql } from 'kysely';
import { MailError } from '../mail/errors.ts';
import type { MaildropContents, StoredContent } from '../mail/pop3/contents-store.ts';
import { translateStorageError } from './contents-errors.ts';
import { namedContents, unnamedMs } from './contents-sweep.ts';
import type { Store } from './database.ts';
import type { Tables } from './schema.ts';

const chunkBytes = 1024 * 1024;

/** Messages as chunks of 1 MiB in Postgres. A chunk is a statement of its own: no connection is held at a server's pace. */
export function createRowContents(openStore: () => Promise<Pick<Store, 'db'>>, now: () => number): MaildropContents {
  const find = async (accountId: string, hash: string) =>
    (await openStore()).db
      .selectFrom('maildrop_content')
      .select(['upload_id', 'size_bytes'])
      .where('account_id', '=', accountId)
      .where('hash', '=', hash)
      .executeTakeFirst();
  return {
    async put(accountId, source) {
      const { db } = await openStore();
      if (Buffer.isBuffer(source) && source.length <= chunkBytes) return await putWhole(db, accountId, source, now());
      const uploadId = randomUUID();
      const begun = { upload_id: uploadId, account_id: accountId, hash: null, size_bytes: 0, stored_at_ms: now() };
      try {
        await db.insertInto('maildrop_content').values(begun).execute();
        const digest = createHash('sha256');
        let sizeBytes = 0;
        let number = 0;
        for await (const bytes of chunksOf(source)) {
          digest.update(bytes);
          sizeBytes += bytes.length;
          await db.insertInto('maildrop_chunk').values({ upload_id: uploadId, number, bytes }).execute();
          number += 1;
        }
        const stored = { hash: digest.digest('hex'), sizeBytes };
        await nameUpload(db, { accountId, uploadId, ...stored }, now());
        return stored;
      } catch (error) {
        await discard(db, uploadId);
        throw translateStorageError(error);
      }
    },
    open: (accountId, hash) =>
      Readable.from(
        readRuns(openStore, () => find(accountId, hash)),
        { objectMode: false },
      ),
    async sizeOf(accountId, hash) {
      const found = await find(accountId, hash);
      return found ? Number(found.size_bytes) : null;
    },
    async remove(accountId, hash) {
      const { db } = await openStore();
      const ofAccount = db.deleteFrom('maildrop_content').where('account_id', '=', accountId);
      await ofAccount.where('hash', '=', hash).execute();
    },
    async sweep(accountId) {
      const { db } = await openStore();
      const { numDeletedRows } = await db
        .deleteFrom('maildrop_content')
        .where('account_id', '=', accountId)
        .where('stored_at_ms', '<', now() - unnamedMs)
        // Without a name: an upload that broke off.
        .where((where) => where.or([where('hash', 'is', null), where('hash', 'not in', namedContents(db, accountId))]))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

/** One statement, so one wait for the disk, and nothing to take back. Of bytes that are there only the time is new. */
async function putWhole(db: Kysely<Tables>, accountId: string, bytes: Buffer, now: number): Promise<StoredContent> {
  const hash = createHash('sha256').update(bytes).digest('hex');
  const uploadId = randomUUID();
  try {
    await sql`with named as (
        insert into maildrop_content (upload_id, account_id, hash, size_bytes, stored_at_ms)
        values (${uploadId}, ${accountId}, ${hash}, ${bytes.length}, ${now})
        on conflict (account_id, hash) do update set stored_at_ms = excluded.stored_at_ms returning upload_id)
      insert into maildrop_chunk (upload_id, number, bytes)
      select upload_id, 0, ${bytes}::bytea from named where upload_id = ${uploadId}`.execute(db);
  } catch (error) {
    throw translateStorageError(error);
  }
  return { hash, sizeBytes: bytes.length };
}

interface Upload {
  accountId: string;
  uploadId: string;
  hash: string;
  sizeBytes: number;
}

/** Gives the upload its name, or lets go of it where the same bytes are there: those are then as good as new for sweep. */
async function nameUpload(db: Kysely<Tables>, upload: Upload, now: number): Promise<void> {
  try {
    await nameOnce(db, upload, now);
  } catch (error) {
    // unique_violation: the same bytes were named a moment before, so now they are found.
    if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error;
    await nameOnce(db, upload, now);
  }
}

async function nameOnce(db: Kysely<Tables>, upload: Upload, now: number): Promise<void> {
  const { accountId, uploadId, hash, sizeBytes } = upload;
  await db.transaction().execute(async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('maildrop_content')
      .set({ stored_at_ms: now })
      .where('account_id', '=', accountId)
      .where('hash', '=', hash)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) return await discard(transaction, uploadId);
    await transaction
      .updateTable('maildrop_content')
      .set({ hash, size_bytes: sizeBytes, stored_at_ms: now })
      .where('upload_id', '=', uploadId)
      .execute();
  });
}

async function discard(db: Kysely<Tables>, uploadId: string): Promise<void> {
  await db.deleteFrom('maildrop_content').where('upload_id', '=', uploadId).execute();
}

async function* chunksOf(source: Buffer | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let runs: Buffer[] = [];
  let sizeBytes = 0;
  for await (const run of Buffer.isBuffer(source) ? [source] : source) {
    runs.push(run);
    sizeBytes += run.length;
    if (sizeBytes < chunkBytes) continue;
    const bytes = Buffer.concat(runs);
    let at = 0;
    for (; bytes.length - at >= chunkBytes; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    runs = [Buffer.from(bytes.subarray(at))];
    sizeBytes = bytes.length - at;
  }
  if (sizeBytes > 0) yield Buffer.concat(runs);
}

async function* readRuns(
  openStore: () => Promise<Pick<Store, 'db'>>,
  find: () => Promise<{ upload_id: string; size_bytes: number } | undefined>,
): AsyncGenerator<Buffer> {
  const found = await find();
  if (!found) throw new MailError('notFound', 'the kept message is not there');
  const { db } = await openStore();
  for (let number = 0, left = Number(found.size_bytes); left > 0; number += 1) {
    const chunk = await db
      .selectFrom('maildrop_chunk')
      .select('bytes')
      .where('upload_id', '=', found.upload_id)
      .where('number', '=', number)
      .executeTakeFirst();
    if (!chunk) throw new MailError('internal', 'a part of the kept message is not there');
    left -= chunk.bytes.length;
    yield chunk.bytes;
  }
}
