import type { Query } from '../query.ts';

/** The words and phrases that a hit is expected to hold, each once, for highlighting; excluded ones are not in it. */
export function wordsOf(query: Query): string[] {
  return [...new Set(collect(query, true))];
}

function collect(query: Query, isWanted: boolean): string[] {
  switch (query.type) {
    case 'and':
    case 'or':
      return query.terms.flatMap((term) => collect(term, isWanted));
    case 'not':
      return collect(query.term, !isWanted);
    case 'text':
    case 'from':
    case 'to':
    case 'subject':
      return isWanted ? [query.text] : [];
    default:
      return [];
  }
}
