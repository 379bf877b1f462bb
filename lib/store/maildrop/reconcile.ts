import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Insertable, Kysely } from 'kysely';
import type { Listing } from '../../mail/pop3/maildrop.ts';
import { batches } from '../batches.ts';
import type { MaildropMessageTable } from '../maildrop-tables.ts';
import type { Tables } from '../schema.ts';
import { noteChange } from './changes.ts';
import { readNames } from './identity.ts';
import { type Check, heldName, nameListed, readKnown } from './name-listed.ts';

/** A message that the server does not list keeps its keywords for so long. */
const keptMissingMs = 30 * 24 * 3600 * 1000;
/** That a listing was the same again is written down no more often than this. */
const checkedEveryMs = 60_000;

/** Brings the rows in line with `listed`, newest first. A listing that is the same as the last costs a count. */
export async function reconcile(
  db: Kysely<Tables>,
  accountId: string,
  listed: Listing[],
  now: number,
  check?: Check,
): Promise<Map<string, string>> {
  const digest = digestOf(listed);
  if (!check?.isDoubted && (await isSame(db, accountId, digest, listed.length, now)))
    return await readNames(db, accountId);
  const stored = await readKnown(db, accountId);
  // Before the transaction: the server may be asked for headers.
  const { names, unsettled, unknown } = await nameListed(listed, stored, check);
  const nameOf = ({ uidl }: Listing) => names.get(uidl) ?? uidl;
  const fresh: Insertable<MaildropMessageTable>[] = [];
  const back: string[] = [];
  const resized: Listing[] = [];
  const relisted: [string, string | null][] = [];
  const called = new Set(listed.map(({ uidl }) => uidl));
  // The order of row_id is that of arrival: what came first is written first.
  for (const listing of listed.toReversed()) {
    if (unknown.has(listing.uidl)) continue;
    const uidl = nameOf(listing);
    const listedAs = uidl === listing.uidl ? null : listing.uidl;
    const before = stored.get(uidl);
    stored.delete(uidl);
    if (!before) {
      fresh.push(rowOf(accountId, { ...listing, uidl }, listedAs, now));
      continue;
    }
    if (before.missing_since_ms !== null) back.push(uidl);
    if (before.size_bytes !== listing.sizeBytes && !unsettled.has(listing.uidl))
      resized.push({ uidl, sizeBytes: listing.sizeBytes });
    if (before.listed_as !== listedAs) relisted.push([uidl, listedAs]);
  }
  const missing = [...stored.values()];
  const gone = missing.filter((row) => row.missing_since_ms === null).map((row) => row.uidl);
  const old = missing.filter((row) => !row.isKept && now - (row.missing_since_ms ?? now) > keptMissingMs);
  // Their name on the server is another's now.
  for (const row of missing) if (row.listed_as !== '' && called.has(heldName(row))) relisted.push([row.uidl, '']);
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
    for (const { uidl, sizeBytes } of resized) await change([uidl]).set({ size_bytes: sizeBytes }).execute();
    for (const [uidl, listed_as] of relisted) await change([uidl]).set({ listed_as }).execute();
    for (const some of batches(gone)) await change(some).set({ missing_since_ms: now }).execute();
    for (const some of batches(old.map((row) => row.uidl))) {
      const chosen = transaction.deleteFrom('maildrop_message').where('account_id', '=', accountId);
      await chosen.where('uidl', 'in', some).execute();
    }
    // Not for a size: servers that write into messages change it each time (Mailutils).
    if (fresh.length + back.length + gone.length > 0) await noteChange(transaction, accountId);
    // What could not be asked is asked at the next listing.
    await saveCheck(transaction, accountId, {
      listing_digest: unsettled.size === 0 ? digest : null,
      checked_at_ms: now,
    });
  });
  return names;
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
  check: { listing_digest?: string | null; checked_at_ms: number },
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

const rowOf = (
  accountId: string,
  { uidl, sizeBytes }: Listing,
  listedAs: string | null,
  now: number,
): Insertable<MaildropMessageTable> => ({
  account_id: accountId,
  uidl,
  listed_as: listedAs,
  size_bytes: sizeBytes,
  first_seen_at_ms: now,
  received_at_ms: now,
  missing_since_ms: null,
  header: null,
});
