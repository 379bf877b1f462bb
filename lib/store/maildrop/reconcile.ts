import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Insertable, Kysely } from 'kysely';
import type { Listing } from '../../mail/pop3/maildrop.ts';
import { batches } from '../batches.ts';
import type { MaildropMessageTable } from '../maildrop-tables.ts';
import type { Tables } from '../schema.ts';
import { noteChange } from './changes.ts';

/** A message that the server does not list keeps its keywords for so long. */
const keptMissingMs = 30 * 24 * 3600 * 1000;
/** That a listing was the same again is written down no more often than this. */
const checkedEveryMs = 60_000;

/** Brings the rows in line with `listed`, newest first. A listing that is the same as the last costs a count. */
export async function reconcile(db: Kysely<Tables>, accountId: string, listed: Listing[], now: number): Promise<void> {
  const digest = digestOf(listed);
  if (await isSame(db, accountId, digest, listed.length, now)) return;
  const stored = new Map(
    (
      await db
        .selectFrom('maildrop_message')
        .select(['uidl', 'size_bytes', 'missing_since_ms', 'content', 'deleted_at_ms'])
        .where('account_id', '=', accountId)
        .where('is_own', '=', 0)
        .execute()
    ).map((row) => [row.uidl, row]),
  );
  const fresh: Insertable<MaildropMessageTable>[] = [];
  const back: string[] = [];
  const resized: Listing[] = [];
  // The order of row_id is that of arrival: what came first is written first.
  for (const listing of listed.toReversed()) {
    const { uidl, sizeBytes } = listing;
    const before = stored.get(uidl);
    stored.delete(uidl);
    if (!before) fresh.push(rowOf(accountId, listing, now));
    else if (before.missing_since_ms !== null) back.push(uidl);
    if (before && before.content === null && Number(before.size_bytes) !== sizeBytes) resized.push(listing);
  }
  const missing = [...stored.values()];
  const gone = missing.filter((row) => row.missing_since_ms === null).map((row) => row.uidl);
  const old = missing.filter(
    (row) => row.content === null && now - Number(row.missing_since_ms ?? now) > keptMissingMs,
  );
  await db.transaction().execute(async (transaction) => {
    const change = (some: string[]) =>
      transaction.updateTable('maildrop_message').where('account_id', '=', accountId).where('uidl', 'in', some);
    for (const some of batches(fresh)) {
      const insert = transaction.insertInto('maildrop_message').values(some);
      // Another process may have listed the same a moment before.
      await insert.onConflict((conflict) => conflict.columns(['account_id', 'uidl']).doNothing()).execute();
      // SQLite answers within the call: of 50,000 messages the others would hear nothing for half a second.
      await setImmediate();
    }
    for (const some of batches(back)) await change(some).set({ missing_since_ms: null }).execute();
    for (const { uidl, sizeBytes } of resized)
      await change([uidl]).set({ size_bytes: sizeBytes, header: null, thread_id: null, indexed: 0 }).execute();
    for (const some of batches(gone)) await change(some).set({ missing_since_ms: now }).execute();
    for (const some of batches(old.map((row) => row.uidl))) {
      const chosen = transaction.deleteFrom('maildrop_message').where('account_id', '=', accountId);
      await chosen.where('uidl', 'in', some).execute();
    }
    // Not for a size: servers that write into messages change it each time (Mailutils).
    if (fresh.length + back.length + gone.length > 0) await noteChange(transaction, accountId);
    await saveCheck(transaction, accountId, { listing_digest: digest, checked_at_ms: now });
  });
}

/** Besides the digest, so many are known as were listed, and nothing has waited past its time. */
async function isSame(
  db: Kysely<Tables>,
  accountId: string,
  digest: string,
  length: number,
  now: number,
): Promise<boolean> {
  const last = await db.selectFrom('maildrop').selectAll().where('account_id', '=', accountId).executeTakeFirst();
  if (last?.listing_digest !== digest) return false;
  const { count } = await db
    .selectFrom('maildrop_message')
    .select((select) => select.fn.countAll().as('count'))
    .where('account_id', '=', accountId)
    .where('is_own', '=', 0)
    .where('missing_since_ms', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(count) !== length) return false;
  const old = db.selectFrom('maildrop_message').select('row_id').where('account_id', '=', accountId);
  if (
    await old
      .where('missing_since_ms', '<', now - keptMissingMs)
      .where('content', 'is', null)
      .executeTakeFirst()
  )
    return false;
  if (now - Number(last.checked_at_ms ?? 0) > checkedEveryMs) await saveCheck(db, accountId, { checked_at_ms: now });
  return true;
}

async function saveCheck(
  db: Kysely<Tables>,
  accountId: string,
  check: { listing_digest?: string; checked_at_ms: number },
): Promise<void> {
  await db
    .insertInto('maildrop')
    .values({ account_id: accountId, ...check })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(check))
    .execute();
}

function digestOf(listed: Listing[]): string {
  const hash = createHash('sha256');
  for (const { uidl, sizeBytes } of listed) hash.update(`${sizeBytes} ${uidl}\n`);
  return hash.digest('base64url');
}

const rowOf = (accountId: string, { uidl, sizeBytes }: Listing, now: number): Insertable<MaildropMessageTable> => ({
  account_id: accountId,
  uidl,
  size_bytes: sizeBytes,
  first_seen_at_ms: now,
  received_at_ms: now,
  missing_since_ms: null,
  header: null,
});
