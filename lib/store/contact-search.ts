import { sql } from 'kysely';
import type { Store } from './database.ts';
import { askedWords, beginsAs, hasWords } from './words.ts';

/** An address that completes what was typed; `contactId` is null for one that was learned. */
export interface FoundAddress {
  name: string;
  email: string;
  contactId: string | null;
}

interface Candidate {
  name: string;
  email: string;
  email_key: string;
  contact_id: string | null;
  uses: number | null;
  last_used_at_ms: number | null;
}

/** A use counts half after a month, a third after two. */
const fadeMs = 30 * 86_400_000;
/** So many of each kind are looked at, so that one letter costs no more than a whole name. */
const candidates = 200;

/**
 * The addresses of a person whose words begin as each word of `q` does: those that were used most and last first, then
 * contacts in the order of their words. An address that several contacts have comes once. None without a word.
 */
export async function searchAddresses(
  store: Store,
  accountId: string,
  { q, limit, now }: { q: string; limit: number; now: number },
): Promise<FoundAddress[]> {
  const words = askedWords(q);
  if (words.length === 0) return [];
  const found = [...(await usedAddresses(store, accountId, words)), ...(await heldAddresses(store, accountId, words))];
  const byKey = new Map<string, Candidate>();
  for (const one of found) if (!byKey.has(one.email_key)) byKey.set(one.email_key, one);
  const scoreOf = ({ uses, last_used_at_ms }: Candidate) =>
    uses === null ? 0 : uses / (1 + Math.max(0, now - Number(last_used_at_ms)) / fadeMs);
  return [...byKey.values()]
    .sort((a, b) => scoreOf(b) - scoreOf(a))
    .slice(0, limit)
    .map(({ name, email, contact_id }) => ({ name, email, contactId: contact_id }));
}

/** Those that were used last, as their contact has them where they have one. */
async function usedAddresses({ db, dialect }: Store, accountId: string, words: string[]): Promise<Candidate[]> {
  const rows = await db
    .selectFrom('address_use')
    .select(['name', 'email', 'email_key', 'uses', 'last_used_at_ms'])
    .where('account_id', '=', accountId)
    .where(hasWords(dialect, 'address_use.words', words))
    .orderBy('last_used_at_ms', 'desc')
    .limit(candidates)
    .execute();
  if (rows.length === 0) return [];
  const held = await db
    .selectFrom('contact_address')
    .select(['email_key', 'contact_id', 'name', 'email'])
    .where('account_id', '=', accountId)
    .where(
      'email_key',
      'in',
      rows.map(({ email_key }) => email_key),
    )
    .execute();
  const contacts = new Map(held.map((one) => [one.email_key, one]));
  return rows.map((row) => {
    const contact = contacts.get(row.email_key);
    return contact === undefined ? { ...row, contact_id: null } : { ...row, ...contact };
  });
}

/** Those of contacts, found by the rarest of the words. */
async function heldAddresses({ db, dialect }: Store, accountId: string, words: string[]): Promise<Candidate[]> {
  const rarest = await rarestOf({ db }, accountId, words);
  return await db
    .selectFrom('contact_word')
    .innerJoin('contact_address', (join) =>
      join
        .onRef('contact_address.contact_id', '=', 'contact_word.contact_id')
        .onRef('contact_address.position', '=', 'contact_word.position'),
    )
    .leftJoin('address_use', (join) =>
      join
        .onRef('address_use.account_id', '=', 'contact_address.account_id')
        .onRef('address_use.email_key', '=', 'contact_address.email_key'),
    )
    .select(['contact_address.name', 'contact_address.email', 'contact_address.email_key'])
    .select(['contact_address.contact_id', 'address_use.uses', 'address_use.last_used_at_ms'])
    .where('contact_word.account_id', '=', accountId)
    .where(beginsAs('contact_word.word', rarest))
    .where(
      hasWords(
        dialect,
        'contact_address.words',
        words.filter((word) => word !== rarest),
      ),
    )
    .orderBy('contact_word.word')
    .orderBy('contact_word.contact_id')
    .orderBy('contact_word.position')
    .limit(candidates)
    .execute();
}

/** Everybody is at example.org: what else was typed finds them sooner. */
async function rarestOf({ db }: Pick<Store, 'db'>, accountId: string, words: string[]): Promise<string> {
  const counted: { word: string; count: number }[] = [];
  for (const word of words.length === 1 ? [] : words) {
    const some = db
      .selectFrom('contact_word')
      .select('word')
      .where('account_id', '=', accountId)
      .where(beginsAs('word', word))
      .limit(candidates * 5);
    const { count } = await db
      .selectFrom(some.as('some'))
      .select(sql<number>`count(*)`.as('count'))
      .executeTakeFirstOrThrow();
    counted.push({ word, count: Number(count) });
  }
  return counted.sort((a, b) => a.count - b.count)[0]?.word ?? words[0] ?? '';
}
