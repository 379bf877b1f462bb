import { parseQuery } from '../mail/query/parse.ts';
import type { Query } from '../mail/query.ts';
import type { SignedIn } from '../server/session.ts';
import { readSettings } from '../server/settings.ts';

/** A search in the words of whoever is signed in: `label:` knows what they call their labels. Throws `invalid` past 2,000 characters. */
export async function parseSearch(text: string, signedIn: SignedIn): Promise<Query> {
  return /label:/i.test(text) ? parseQuery(text, { labels: (await readSettings(signedIn)).labels }) : parseQuery(text);
}
