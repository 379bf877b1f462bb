import { randomBytes } from 'node:crypto';
import { type ContactGroup, contactLimits } from '../../contract/contacts.ts';
import * as rows from '../../store/contact-group.ts';
import { wordsMatch } from '../../store/words.ts';
import { firstAccountId, type SignedIn } from '../session.ts';
import { store } from '../store.ts';

/** The person's groups by name: all, or those of which a word begins as each of `q` does. */
export async function listGroups(signedIn: SignedIn, q: string | null = null): Promise<ContactGroup[]> {
  const all = await rows.listGroups(await store(), firstAccountId(signedIn));
  return q === null ? all : all.filter(({ name }) => wordsMatch(name, q));
}

/** Throws `conflict` where there is one of this name. */
export async function createGroup(signedIn: SignedIn, name: string): Promise<ContactGroup> {
  const row = { id: randomBytes(12).toString('base64url'), account_id: firstAccountId(signedIn), name: name.trim() };
  await rows.insertGroup(await store(), row, contactLimits.groups);
  return { id: row.id, name: row.name, count: 0 };
}

/** Throws `notFound`, `conflict`. */
export async function changeGroup(
  signedIn: SignedIn,
  id: string,
  { name, add, remove }: { name?: string | undefined; add: string[]; remove: string[] },
): Promise<ContactGroup> {
  const key = { id, account_id: firstAccountId(signedIn) };
  return await rows.changeGroup(await store(), key, { name: name?.trim() ?? null, add, remove });
}

/** Throws `notFound`. */
export const deleteGroup = async (signedIn: SignedIn, id: string): Promise<void> =>
  rows.deleteGroup(await store(), firstAccountId(signedIn), id);

/** Whom a group stands for as a recipient. Throws `notFound`. */
export async function expandGroup(signedIn: SignedIn, id: string) {
  const { name, addresses } = await rows.readGroup(await store(), firstAccountId(signedIn), id);
  return { id, name, addresses: addresses.map((one) => ({ name: one.name || null, email: one.email })) };
}
