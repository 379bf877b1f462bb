import { type Kysely, sql } from 'kysely';
import { MailError } from '../mail/errors.ts';
import { batches } from './batches.ts';
import { removeAddresses, writeAddresses } from './contact-addresses.ts';
import type { Store } from './database.ts';
import { lockAccount } from './lock-account.ts';
import type { ContactTable } from './people-tables.ts';
import type { Tables } from './schema.ts';
import { sortKeyOf } from './words.ts';

/** What stands on a card besides its names. */
export interface ContactCard {
  emails: { kind: 'home' | 'work' | 'other'; email: string }[];
  phones: { kind: 'home' | 'work' | 'mobile' | 'other'; number: string }[];
  note: string;
  /** Other properties of an imported card, each as jCard has it (RFC 7095 §3.3). */
  others: unknown[];
}

/** A contact as it is written. `groupIds`: all the groups that it is in. */
export interface StoredContact {
  id: string;
  name: string;
  organization: string;
  card: ContactCard;
  groupIds: string[];
  updatedAtMs: number;
}

/** Adds contacts of a person, all or none. Throws `tooLarge` where they would be more than `most`. */
export async function insertContacts(
  { db, dialect }: Store,
  accountId: string,
  contacts: StoredContact[],
  most: number,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockAccount(trx, dialect, accountId);
    const before = await countContacts(trx, accountId);
    if (before + contacts.length > most)
      throw new MailError('tooLarge', 'too many contacts', { detail: `at most ${most}` });
    for (const some of batches(contacts)) {
      await trx
        .insertInto('contact')
        .values(some.map((contact) => rowOf(accountId, contact)))
        .execute();
      await writeAddresses(trx, accountId, some);
      await writeGroups(trx, accountId, some);
    }
  });
}

/** Throws `notFound`, also for one that is deleted. */
export async function readContact({ db }: Pick<Store, 'db'>, accountId: string, id: string): Promise<StoredContact> {
  const row = await db
    .selectFrom('contact')
    .selectAll()
    .where((where) => where.and({ id, account_id: accountId }))
    .where('deleted_at_ms', 'is', null)
    .executeTakeFirst();
  if (row === undefined) throw new MailError('notFound', 'no such contact of this person');
  const members = db.selectFrom('contact_group_member').select('group_id').where('contact_id', '=', id);
  return { ...translateContact(row), groupIds: (await members.execute()).map(({ group_id }) => group_id) };
}

/** Replaces what a contact says, and the groups that it is in. Throws `notFound`. */
export async function changeContact({ db, dialect }: Store, accountId: string, contact: StoredContact): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockAccount(trx, dialect, accountId);
    await readContact({ db: trx }, accountId, contact.id);
    const { id, account_id: _, ...row } = rowOf(accountId, contact);
    await trx.updateTable('contact').set(row).where('id', '=', id).execute();
    await removeAddresses(trx, [id]);
    await trx.deleteFrom('contact_group_member').where('contact_id', '=', id).execute();
    await writeAddresses(trx, accountId, [contact]);
    await writeGroups(trx, accountId, [contact]);
  });
}

/** Hides contacts until they are restored or swept; their groups remember them. Gives how many there were. */
export async function hideContacts({ db }: Store, accountId: string, ids: string[], now: number): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    let hidden = 0;
    for (const some of batches(ids)) {
      const rows = await trx
        .updateTable('contact')
        .set({ deleted_at_ms: now })
        .where('account_id', '=', accountId)
        .where('deleted_at_ms', 'is', null)
        .where('id', 'in', some)
        .returning('id')
        .execute();
      hidden += rows.length;
      const gone = rows.map(({ id }) => id);
      await removeAddresses(trx, gone);
    }
    return hidden;
  });
}

/** Takes hidden contacts back. Gives how many; those that the sweep has taken are not among them. */
export async function restoreContacts(
  { db, dialect }: Store,
  accountId: string,
  ids: string[],
  most: number,
): Promise<number> {
  return await db.transaction().execute(async (trx) => {
    await lockAccount(trx, dialect, accountId);
    let restored = 0;
    for (const some of batches(ids)) {
      const rows = await trx
        .updateTable('contact')
        .set({ deleted_at_ms: null })
        .where('account_id', '=', accountId)
        .where('deleted_at_ms', 'is not', null)
        .where('id', 'in', some)
        .returningAll()
        .execute();
      restored += rows.length;
      await writeAddresses(trx, accountId, rows.map(translateContact));
    }
    if ((await countContacts(trx, accountId)) > most)
      throw new MailError('tooLarge', 'too many contacts', { detail: `at most ${most}` });
    return restored;
  });
}

/** Removes what was hidden before. */
export async function removeHiddenContacts({ db }: Store, before: number): Promise<void> {
  await db.deleteFrom('contact').where('deleted_at_ms', '<', before).execute();
}

async function countContacts(db: Kysely<Tables>, accountId: string): Promise<number> {
  const { count } = await db
    .selectFrom('contact')
    .select(sql<number>`count(*)`.as('count'))
    .where('account_id', '=', accountId)
    .where('deleted_at_ms', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

function rowOf(accountId: string, { id, name, organization, card, updatedAtMs }: StoredContact): ContactTable {
  const emails = card.emails.map(({ email }) => email);
  return {
    id,
    account_id: accountId,
    name,
    organization,
    card: JSON.stringify(card),
    sort_key: sortKeyOf(name, organization, emails[0] ?? ''),
    updated_at_ms: updatedAtMs,
    deleted_at_ms: null,
  };
}

/** A row without its groups. */
export const translateContact = (row: ContactTable): StoredContact => ({
  id: row.id,
  name: row.name,
  organization: row.organization,
  card: JSON.parse(row.card) as ContactCard,
  groupIds: [],
  updatedAtMs: Number(row.updated_at_ms),
});

/** Only the person's own groups: an id of another's is passed over, as one that was deleted meanwhile is. */
async function writeGroups(db: Kysely<Tables>, accountId: string, contacts: StoredContact[]): Promise<void> {
  if (contacts.every(({ groupIds }) => groupIds.length === 0)) return;
  const groups = await db.selectFrom('contact_group').select('id').where('account_id', '=', accountId).execute();
  const own = new Set(groups.map(({ id }) => id));
  const rows = contacts.flatMap(({ id, groupIds }) =>
    [...new Set(groupIds)].filter((group) => own.has(group)).map((group_id) => ({ group_id, contact_id: id })),
  );
  for (const some of batches(rows)) await db.insertInto('contact_group_member').values(some).execute();
}
