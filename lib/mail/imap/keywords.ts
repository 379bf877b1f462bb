import { MailError } from '../errors.ts';
import type { Keyword } from '../model.ts';

/** System flags and their keywords (RFC 8621 §4.1.1, RFC 9051 §2.3.2). */
const system: Record<string, Keyword> = {
  '\\seen': '$seen',
  '\\answered': '$answered',
  '\\flagged': '$flagged',
  '\\draft': '$draft',
  '\\deleted': '$deleted',
};

/** What other clients call the registered keywords. */
const aliases: Record<string, Keyword> = {
  junk: '$junk',
  nonjunk: '$notjunk',
  notjunk: '$notjunk',
  forwarded: '$forwarded',
};

const flags: Record<Keyword, string> = {
  $seen: '\\Seen',
  $answered: '\\Answered',
  $flagged: '\\Flagged',
  $draft: '\\Draft',
  $forwarded: '$Forwarded',
  $junk: '$Junk',
  $notjunk: '$NotJunk',
};

/** Flags of a message as keywords, sorted, each once; \Recent says nothing about the message. */
export function keywordsOf(flagList: readonly string[]): Keyword[] {
  const keywords = new Set<Keyword>();
  for (const flag of flagList) {
    const name = flag.toLowerCase();
    const keyword = system[name] ?? aliases[name] ?? (name.startsWith('\\') ? null : name);
    if (keyword) keywords.add(keyword);
  }
  return [...keywords].sort();
}

/** The flag that stands for a keyword. Throws `invalid` for what is no keyword, and for `$deleted`: that is `destroy`. */
export function flagOf(keyword: Keyword): string {
  const name = keyword.toLowerCase();
  if (name === '$deleted') throw new MailError('invalid', '$deleted is not set as a keyword', { detail: keyword });
  // RFC 9051 §9: flag-keyword is an atom; 64 bounds what a server must store.
  if (!/^[!#$&'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]{1,64}$/.test(keyword)) {
    throw new MailError('invalid', 'not a keyword', { detail: keyword.slice(0, 80) });
  }
  return flags[name] ?? keyword;
}
