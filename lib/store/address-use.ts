import { sql } from 'kysely';
import type { Store } from './database.ts';
import type { AddressUseTable } from './people-tables.ts';
import { withoutSync } from './unsynced.ts';
import { askedWords, emailKeyOf, hasWords, wordsColumn } from './words.ts';

interface Used {
  name: string | null;
  email: string;
}

/** Counts a use of each address, and keeps the `most` that were used last. A name that is given takes the place of an older one. */
export async function recordUses(
  opened: Store,
  accountId: string,
  used: Used[],
  { now, most }: { now: number; most: number },
): Promise<void> {
  const rows = new Map(used.map(({ name, email }) => [emailKeyOf(email), { name: name?.trim() ?? '', email }]));
  if (rows.size === 0) return;
  await withoutSync(opened, async (db) => {
    for (const [email_key, { name, email }] of rows) {
      await db
        .insertInto('address_use')
        .values({
          account_id: accountId,
          email_key,
          email,
          name,
          words: wordsColumn(name, email),
          uses: 1,
          last_used_at_ms: now,
        })
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'email_key']).doUpdateSet({
            uses: sql`address_use.uses + 1`,
            last_used_at_ms: now,
            ...(name === '' ? {} : { name, words: wordsColumn(name, email) }),
          }),
        )
        .execute();
    }
    const last = await db
      .selectFrom('address_use')
      .select('last_used_at_ms')
      .where('account_id', '=', accountId)
      .orderBy('last_used_at_ms', 'desc')
      .limit(1)
      .offset(most)
      .executeTakeFirst();
    if (last === undefined) return;
    await db
      .deleteFrom('address_use')
      .where('account_id', '=', accountId)
      .where('last_used_at_ms', '<=', last.last_used_at_ms)
      .where('last_used_at_ms', '<', now)
      .execute();
  });
}

/** The name under which an address was used last; null where it was not. */
export async function usedName({ db }: Store, accountId: string, email: string): Promise<string | null> {
  const row = await db
    .selectFrom('address_use')
    .select('name')
    .where('account_id', '=', accountId)
    .where('email_key', '=', emailKeyOf(email))
    .executeTakeFirst();
  return row?.name || null;
}

/** A window of the addresses that are no contact's, the last used first, and how many there are. */
export async function listLearned(
  { db, dialect }: Store,
  accountId: string,
  { position, limit, q }: { position: number; limit: number; q: string | null },
): Promise<{ total: number; rows: AddressUseTable[] }> {
  const learned = () =>
    db
      .selectFrom('address_use')
      .where('account_id', '=', accountId)
      .where(hasWords(dialect, 'address_use.words', askedWords(q ?? '')))
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('contact_address')
              .select('email_key')
              .whereRef('contact_address.account_id', '=', 'address_use.account_id')
              .whereRef('contact_address.email_key', '=', 'address_use.email_key'),
          ),
        ),
      );
  const { total } = await learned().select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
  const rows = await learned()
    .selectAll()
    .orderBy('last_used_at_ms', 'desc')
    .orderBy('email_key')
    .limit(limit)
    .offset(position)
    .execute();
  return { total: Number(total), rows: rows.map((row) => ({ ...row, last_used_at_ms: Number(row.last_used_at_ms) })) };
}

/** Forgets the uses of one address, or of all; contacts stay. */
export async function forgetUses({ db }: Store, accountId: string, email: string | null): Promise<void> {
  const all = db.deleteFrom('address_use').where('account_id', '=', accountId);
  await (email === null ? all : all.where('email_key', '=', emailKeyOf(email))).execute();
}
