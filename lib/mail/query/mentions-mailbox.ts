import type { Query } from '../query.ts';

/** Whether `in:` stands anywhere in the query. */
export function mentionsMailbox(query: Query): boolean {
  if (query.type === 'and' || query.type === 'or') return query.terms.some(mentionsMailbox);
  return query.type === 'not' ? mentionsMailbox(query.term) : query.type === 'in';
}
