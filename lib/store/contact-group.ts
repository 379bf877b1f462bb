import { type Kysely, sql } from 'kysely';
import { MailError } from '../mail/errors.ts';
import { batches } from './batches.ts';
import type { Store } from './database.ts';
import { lockAccount } from './lock-account.ts';
import type { ContactGroupTable } from './people-tables.ts';
import type { Tables } from './schema.ts';
import { foldWords } from './words.ts';

export interface GroupRow {
  id: string;
  name: string;
  count: number;
}

/** The groups of a person by name, each with how many contacts are in it. */
export async function listGroups({ db }: Pick<Store, 'db'>, accountId: string): Promise<GroupRow[]> {
  const rows = await db
    .selectFrom('contact_group')
    .leftJoin('contact_group_member', 'contact_group_member.group_id', 'contact_group.id')
    .leftJoin('contact', (join) =>
      join.onRef('contact.id', '=', 'contact_group_member.contact_id').on('contact.deleted_at_ms', 'is', null),
    )
    .select(['contact_group.id', 'contact_group.name', (select) => select.fn.count('contact.id').as('count')])
    .where('contact_group.account_id', '=', accountId)
    .groupBy(['contact_group.id', 'contact_group.name'])
    .execute();
  return rows
    .map((row) => ({ ...row, count: Number(row.count) }))
    .sort((a, b) => foldWords(a.name).localeCompare(foldWords(b.name)) || a.id.localeCompare(b.id));
}

/** Throws `conflict` where the person has one of this name, `tooLarge` beyond `most`. */
export async function insertGroup({ db, dialect }: Store, row: ContactGroupTable, most: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockAccount(trx, dialect, row.account_id);
    const before = await listGroups({ db: trx }, row.account_id);
    if (before.length >= most) throw new MailError('tooLarge', 'too many groups', { detail: `at most ${most}` });
    requireOther(before, row);
    await trx.insertInto('contact_group').values(row).execute();
  });
}

/** Renames a group, puts contacts of the person into it and takes others out. Throws `notFound`, `conflict`. */
export async function changeGroup(
  { db, dialect }: Store,
  { id, account_id }: Pick<ContactGroupTable, 'id' | 'account_id'>,
  { name, add, remove }: { name: string | null; add: string[]; remove: string[] },
): Promise<GroupRow> {
  return await db.transaction().execute(async (trx) => {
    await lockAccount(trx, dialect, account_id);
    const before = await listGroups({ db: trx }, account_id);
    if (!before.some((group) => group.id === id)) throw notFound();
    if (name !== null) {
      requireOther(before, { id, name });
      await trx.updateTable('contact_group').set({ name }).where('id', '=', id).execute();
    }
    for (const some of batches(remove))
      await trx.deleteFrom('contact_group_member').where('group_id', '=', id).where('contact_id', 'in', some).execute();
    for (const some of batches(add)) await addMembers(trx, { id, account_id }, some);
    const after = (await listGroups({ db: trx }, account_id)).find((group) => group.id === id);
    if (after === undefined) throw notFound();
    return after;
  });
}

/** Throws `notFound`. */
export async function deleteGroup({ db }: Store, accountId: string, id: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('contact_group')
    .where((where) => where.and({ id, account_id: accountId }))
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw notFound();
}

/** Whom a group stands for: the first address of each of its contacts, by name. Throws `notFound`. */
export async function readGroup(
  { db }: Store,
  accountId: string,
  id: string,
): Promise<{ name: string; addresses: { name: string; email: string }[] }> {
  const group = await db
    .selectFrom('contact_group')
    .select('name')
    .where((where) => where.and({ id, account_id: accountId }))
    .executeTakeFirst();
  if (group === undefined) throw notFound();
  const addresses = await db
    .selectFrom('contact_group_member')
    .innerJoin('contact_address', 'contact_address.contact_id', 'contact_group_member.contact_id')
    .innerJoin('contact', 'contact.id', 'contact_group_member.contact_id')
    .select(['contact_address.name', 'contact_address.email'])
    .where('contact_group_member.group_id', '=', id)
    .where('contact_address.position', '=', 0)
    .orderBy('contact.sort_key')
    .orderBy('contact.id')
    .execute();
  return { name: group.name, addresses };
}

async function addMembers(
  trx: Kysely<Tables>,
  { id, account_id }: Pick<ContactGroupTable, 'id' | 'account_id'>,
  contactIds: string[],
): Promise<void> {
  await trx
    .insertInto('contact_group_member')
    .columns(['group_id', 'contact_id'])
    .expression((from) =>
      from
        .selectFrom('contact')
        .select([sql<string>`${sql.val(id)}`.as('group_id'), 'contact.id as contact_id'])
        .where('account_id', '=', account_id)
        .where('deleted_at_ms', 'is', null)
        .where('contact.id', 'in', contactIds),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A group is chosen by its name: two that read alike could not be told apart. */
function requireOther(groups: GroupRow[], { id, name }: { id: string; name: string }): void {
  const isTaken = groups.some((group) => group.id !== id && foldWords(group.name) === foldWords(name));
  if (isTaken) throw new MailError('conflict', 'there is a group of this name', { detail: 'name' });
}

const notFound = () => new MailError('notFound', 'no such group of this person');
