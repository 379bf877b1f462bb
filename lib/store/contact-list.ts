import { sql } from 'kysely';
import { type ContactCard, type StoredContact, translateContact } from './contact.ts';
import type { Store } from './database.ts';
import { askedWords, beginsAs, emailKeyOf, foldWords } from './words.ts';

/** Which contacts: all where both are null. */
export interface ContactFilter {
  q: string | null;
  groupId: string | null;
}

export interface ContactRow {
  id: string;
  name: string;
  organization: string;
  email: string | null;
}

/** A window of a person's contacts by name, and how many there are. */
export async function listContacts(
  store: Store,
  accountId: string,
  { position, limit, ...filter }: ContactFilter & { position: number; limit: number },
): Promise<{ total: number; rows: ContactRow[] }> {
  const { total } = await matching(store, accountId, filter)
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  const rows = await matching(store, accountId, filter)
    .leftJoin('contact_address', (join) =>
      join.onRef('contact_address.contact_id', '=', 'contact.id').on('contact_address.position', '=', 0),
    )
    .select(['contact.id', 'contact.name', 'contact.organization', 'contact_address.email'])
    .orderBy('contact.sort_key')
    .orderBy('contact.id')
    .limit(limit)
    .offset(position)
    .execute();
  return { total: Number(total), rows };
}

/** Whole contacts behind the one named, in the order of their ids, with their groups: to walk through all of them. */
export async function contactsAfter(
  store: Store,
  accountId: string,
  { after, groupId, limit }: { after: string; groupId: string | null; limit: number },
): Promise<StoredContact[]> {
  const rows = await matching(store, accountId, { q: null, groupId })
    .selectAll('contact')
    .where('contact.id', '>', after)
    .orderBy('contact.id')
    .limit(limit)
    .execute();
  const ids = rows.map(({ id }) => id);
  const members = ids.length === 0 ? [] : await membersOf(store, ids);
  return rows.map((row) => ({
    ...translateContact(row),
    groupIds: members.filter(({ contact_id }) => contact_id === row.id).map(({ group_id }) => group_id),
  }));
}

/** A person's contacts by what makes two of them one, as `sameness` has it; and how many there are. */
export async function knownContacts(
  { db }: Store,
  accountId: string,
): Promise<{ total: number; ids: Map<string, string> }> {
  const rows = await db
    .selectFrom('contact')
    .leftJoin('contact_address', 'contact_address.contact_id', 'contact.id')
    .select(['contact.id', 'contact.name', 'contact.organization', 'contact_address.email'])
    .select(sql<string | null>`case when contact_address.email is null then contact.card end`.as('card'))
    .where('contact.account_id', '=', accountId)
    .where('contact.deleted_at_ms', 'is', null)
    .execute();
  const ids = new Map<string, string>();
  for (const { id, name, organization, email, card } of rows) {
    const { phones } = card === null ? { phones: [] } : (JSON.parse(card) as ContactCard);
    for (const key of samenessOf({ name, organization, emails: email === null ? [] : [{ email }], phones }))
      ids.set(key, id);
  }
  return { total: new Set(rows.map(({ id }) => id)).size, ids };
}

/** Keys of a contact, one for each address: another with the same name that has all of them says nothing new. */
export function samenessOf({
  name,
  organization,
  emails,
  phones,
}: {
  name: string;
  organization: string;
  emails: { email: string }[];
  phones: { number: string }[];
}): string[] {
  const named = foldWords(name || organization);
  if (emails.length > 0) return emails.map(({ email }) => `${named}\n${emailKeyOf(email)}`);
  return [`${named}\n\n${phones.map(({ number }) => number).join('\n')}`];
}

const membersOf = ({ db }: Store, contactIds: string[]) =>
  db.selectFrom('contact_group_member').selectAll().where('contact_id', 'in', contactIds).execute();

function matching({ db }: Store, accountId: string, { q, groupId }: ContactFilter) {
  let all = db
    .selectFrom('contact')
    .where('contact.account_id', '=', accountId)
    .where('contact.deleted_at_ms', 'is', null);
  for (const word of askedWords(q ?? ''))
    all = all.where('contact.id', 'in', (inner) =>
      inner
        .selectFrom('contact_word')
        .select('contact_word.contact_id')
        .where('contact_word.account_id', '=', accountId)
        .where(beginsAs('contact_word.word', word)),
    );
  if (groupId === null) return all;
  return all.where('contact.id', 'in', (inner) =>
    inner.selectFrom('contact_group_member').select('contact_id').where('group_id', '=', groupId),
  );
}
