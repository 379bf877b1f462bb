import { keywordPattern, parseKeyword } from '../keyword.ts';
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

/**
 * Flags of a message as keywords, sorted, each once; \Recent says nothing about the message. What is no keyword, though a
 * server lets it through, is none: it could be painted anywhere and never be taken off.
 */
export function keywordsOf(flagList: readonly string[]): Keyword[] {
  const keywords = new Set<Keyword>();
  for (const flag of flagList) {
    const name = flag.toLowerCase();
    const keyword = system[name] ?? aliases[name] ?? (keywordPattern.test(name) ? name : null);
    if (keyword) keywords.add(keyword);
  }
  return [...keywords].sort();
}

/** The flag that stands for a keyword, as people wrote it where it is none of ours. Throws as `parseKeyword` does. */
export const flagOf = (keyword: Keyword): string => flags[parseKeyword(keyword)] ?? keyword;
