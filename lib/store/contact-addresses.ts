import type { Kysely } from 'kysely';
import { batches } from './batches.ts';
import type { StoredContact } from './contact.ts';
import type { ContactAddressTable, ContactWordTable } from './people-tables.ts';
import type { Tables } from './schema.ts';
import { emailKeyOf, wordsColumn, wordsIn } from './words.ts';

/** Writes by what contacts are found and completed: their addresses, and their words. */
export async function writeAddresses(db: Kysely<Tables>, accountId: string, contacts: StoredContact[]): Promise<void> {
  const rows = contacts.flatMap(({ id, name, organization, card }) =>
    card.emails.map(
      ({ email }, position): ContactAddressTable => ({
        account_id: accountId,
        contact_id: id,
        position,
        name: name === '' ? organization : name,
        email,
        email_key: emailKeyOf(email),
        words: wordsColumn(name, organization, email),
      }),
    ),
  );
  for (const some of batches(rows)) await db.insertInto('contact_address').values(some).execute();
  const words = contacts.flatMap((contact) => wordRows(accountId, contact));
  for (const some of batches(words)) await db.insertInto('contact_word').values(some).execute();
}

function wordRows(accountId: string, { id, name, organization, card }: StoredContact): ContactWordTable[] {
  const row = (position: number) => (word: string) => ({ account_id: accountId, word, contact_id: id, position });
  const phones = wordsIn(...card.phones.map(({ number }) => number)).map(row(-1));
  if (card.emails.length === 0) return unlike([...wordsIn(name, organization).map(row(-1)), ...phones]);
  const rows = card.emails.flatMap(({ email }, position) => wordsIn(name, organization, email).map(row(position)));
  return [...rows, ...phones];
}

/** Of words of its names and its numbers, each once. */
const unlike = (rows: ContactWordTable[]) => [...new Map(rows.map((row) => [row.word, row])).values()];

/** Takes it away again. */
export async function removeAddresses(db: Kysely<Tables>, contactIds: string[]): Promise<void> {
  if (contactIds.length === 0) return;
  await db.deleteFrom('contact_address').where('contact_id', 'in', contactIds).execute();
  await db.deleteFrom('contact_word').where('contact_id', 'in', contactIds).execute();
}
