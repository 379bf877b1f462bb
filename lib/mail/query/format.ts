import type { Query } from '../query.ts';
import { states } from './operator.ts';
import { formatSize } from './size.ts';

/** The text that `parseQuery` reads as this query again; of one term, what its chip shows. Empty for everything. */
export function formatQuery(query: Query): string {
  switch (query.type) {
    case 'all':
      return '';
    case 'and':
      return query.terms.map(formatQuery).join(' ');
    case 'or':
      return query.terms.map(formatGrouped).join(' OR ');
    case 'not':
      return `-${query.term.type === 'or' ? `(${formatQuery(query.term)})` : formatGrouped(query.term)}`;
    case 'text':
      return quoted(query.text);
    case 'from':
    case 'to':
    case 'subject':
      return `${query.type}:${quoted(query.text)}`;
    case 'in':
      return `in:${quoted(query.mailbox)}`;
    case 'hasAttachment':
      return 'has:attachment';
    case 'keyword':
      return formatKeyword(query);
    case 'before':
    case 'after':
      return `${query.type}:${query.date}`;
    case 'larger':
    case 'smaller':
      return `${query.type}:${formatSize(query.sizeBytes)}`;
  }
}

/** OR binds tighter than the neighbourhood of words, so only the latter needs parentheses inside of something else. */
function formatGrouped(query: Query): string {
  return query.type === 'and' ? `(${formatQuery(query)})` : formatQuery(query);
}

function formatKeyword(query: Query & { type: 'keyword' }): string {
  for (const [name, state] of states) {
    if (state.type === 'keyword' && state.keyword === query.keyword && state.isSet === query.isSet) return `is:${name}`;
  }
  return `${query.isSet ? '' : '-'}keyword:${query.keyword}`;
}

function quoted(text: string): string {
  return /^[\p{L}\p{N}@._+][\p{L}\p{N}@._+'-]*$/u.test(text) && !/^(OR|AND|NOT)$/.test(text) ? text : `"${text}"`;
}
