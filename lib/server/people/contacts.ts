import { randomBytes } from 'node:crypto';
import { type Completions, type Contact, type ContactRequest, contactLimits } from '../../contract/contacts.ts';
import * as rows from '../../store/contact.ts';
import { type ContactFilter, type ContactRow, listContacts } from '../../store/contact-list.ts';
import { searchAddresses } from '../../store/contact-search.ts';
import { firstAccountId, type SignedIn } from '../session.ts';
import { store } from '../store.ts';
import { listGroups } from './groups.ts';
import { textOfProperty } from './jcard.ts';

/** A window of the person's contacts by name. */
export async function contactsOf(
  signedIn: SignedIn,
  asked: ContactFilter & { position: number; limit: number },
): Promise<{ position: number; total: number; items: ContactRow[] }> {
  const found = await listContacts(await store(), firstAccountId(signedIn), asked);
  return { position: asked.position, total: found.total, items: found.rows };
}

/** Throws `tooLarge` where there are too many. */
export async function createContact(signedIn: SignedIn, wanted: ContactRequest): Promise<Contact> {
  const contact = { ...storedOf(wanted, []), id: createContactId() };
  await rows.insertContacts(await store(), firstAccountId(signedIn), [contact], contactLimits.contacts);
  return await contactOf(signedIn, contact.id);
}

export const createContactId = (): string => randomBytes(12).toString('base64url');

/** Throws `notFound`. */
export async function contactOf(signedIn: SignedIn, id: string): Promise<Contact> {
  const { card, updatedAtMs, ...contact } = await rows.readContact(await store(), firstAccountId(signedIn), id);
  const { others, ...written } = card;
  const told = others.flatMap((other) => textOfProperty(other) ?? []);
  return { ...contact, ...written, others: told, updatedAt: new Date(updatedAtMs).toISOString() };
}

/** What an imported card says besides stays. Throws `notFound`. */
export async function updateContact(signedIn: SignedIn, id: string, wanted: ContactRequest): Promise<Contact> {
  const opened = await store();
  const accountId = firstAccountId(signedIn);
  const before = await rows.readContact(opened, accountId, id);
  await rows.changeContact(opened, accountId, { ...storedOf(wanted, before.card.others), id });
  return await contactOf(signedIn, id);
}

/** Deletes them; the sweep makes it final. */
export const destroyContacts = async (signedIn: SignedIn, ids: string[]): Promise<number> =>
  rows.hideContacts(await store(), firstAccountId(signedIn), ids, Date.now());

export const restoreContacts = async (signedIn: SignedIn, ids: string[]): Promise<number> =>
  rows.restoreContacts(await store(), firstAccountId(signedIn), ids, contactLimits.contacts);

/** So long a deletion can be taken back. */
const restorableMs = 3_600_000;

export const sweepContacts = async (now = Date.now()): Promise<void> =>
  rows.removeHiddenContacts(await store(), now - restorableMs);

/** What completes a recipient: addresses, the likeliest first, and groups of that name. */
export async function completionsOf(signedIn: SignedIn, q: string, limit: number): Promise<Completions> {
  const accountId = firstAccountId(signedIn);
  const found = await searchAddresses(await store(), accountId, { q, limit, now: Date.now() });
  const addresses = found.map(({ name, email, contactId }) => ({ name: name || null, email, contactId }));
  return { addresses, groups: (await listGroups(signedIn, q)).slice(0, limit) };
}

/** A contact as it is kept. `others`: what its card says besides. */
export const storedOf = (
  { name, organization, emails, phones, note, groupIds }: ContactRequest,
  others: unknown[],
): Omit<rows.StoredContact, 'id'> => ({
  name: name.trim(),
  organization: organization.trim(),
  card: { emails, phones, note, others },
  groupIds,
  updatedAtMs: Date.now(),
});
