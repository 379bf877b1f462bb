/** A search in words, parsed: a tree that every driver translates. Dates are calendar days `YYYY-MM-DD`, sizes bytes. */
export type Query =
  | { type: 'all' }
  | { type: 'and' | 'or'; terms: Query[] }
  | { type: 'not'; term: Query }
  /** Anywhere in headers people see or in the text; a phrase has spaces. */
  | { type: 'text'; text: string }
  | { type: 'from' | 'to' | 'subject'; text: string }
  | { type: 'hasAttachment' }
  | { type: 'keyword'; keyword: string; isSet: boolean }
  /** `after` includes its day, `before` does not, as SINCE and BEFORE (RFC 9051 §6.4.4). */
  | { type: 'before' | 'after'; date: string }
  | { type: 'larger' | 'smaller'; sizeBytes: number }
  /** By folder name; the caller resolves it to a mailbox. */
  | { type: 'in'; mailbox: string };

export { formatQuery } from './query/format.ts';
export { mentionsMailbox } from './query/mentions-mailbox.ts';
export { maxQueryLength, parseQuery, termsOf } from './query/parse.ts';
export { wordsOf } from './query/words.ts';
