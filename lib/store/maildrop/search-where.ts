import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { SearchRequest } from '../../mail/pop3/maildrop.ts';
import type { Query } from '../../mail/query.ts';
import { foldText, tokensOf } from '../../text/tokens.ts';
import type { Store } from '../database.ts';
import { hasText, type Phrase, type RowRange } from '../message-text.ts';

type Where = RawBuilder<SqlBool>;

/** `surely`: by what is known. `possibly`: also what may yet turn out to match, once its header or its text is read. */
export type Bound = 'surely' | 'possibly';

export interface Compiling {
  dialect: Store['dialect'];
  accountId: string;
  mailboxes: SearchRequest['mailboxes'];
  range: RowRange;
}

/** The query without what has no word in it to find ("&"), and without and in and; null when nothing is left. */
export function withWords(query: Query): Query | null {
  if (query.type === 'and' || query.type === 'or') {
    const terms = query.terms
      .flatMap((term) => withWords(term) ?? [])
      .flatMap((term) => (term.type === query.type ? term.terms : [term]));
    return terms.length === 0 ? null : { ...query, terms };
  }
  if (query.type === 'not') {
    const term = withWords(query.term);
    return term && { ...query, term };
  }
  return 'text' in query && tokensOf(query.text).length === 0 ? null : query;
}

/** A query as a condition on `message`, a row of maildrop_message. */
export function whereQuery(query: Query, bound: Bound, compiling: Compiling): Where {
  const isUnknown = (below: 1 | 2) => (bound === 'surely' ? sql`` : sql`message.indexed < ${sql.lit(below)} or `);
  /** What only a header tells. */
  const ofHeader = (condition: Where) => sql<SqlBool>`(${isUnknown(1)}(message.indexed > 0 and ${condition}))`;
  switch (query.type) {
    case 'all':
      return sql`true`;
    case 'and': {
      // Many words are one question to the index: Postgres would plan a join for each.
      const phrases = bound === 'surely' ? query.terms.flatMap((term) => phraseOf(term) ?? []) : [];
      const others = bound === 'surely' ? query.terms.filter((term) => phraseOf(term) === null) : query.terms;
      const terms = others.map((term) => whereQuery(term, bound, compiling));
      return sql`(${sql.join(phrases.length > 0 ? [whereText(phrases, compiling), ...terms] : terms, sql` and `)})`;
    }
    case 'or':
      return sql`(${sql.join(
        query.terms.map((term) => whereQuery(term, bound, compiling)),
        sql` or `,
      )})`;
    case 'not':
      return sql`not (${whereQuery(query.term, bound === 'surely' ? 'possibly' : 'surely', compiling)})`;
    case 'text':
    case 'from':
    case 'to':
    case 'subject': {
      const phrase = { field: query.type, tokens: tokensOf(query.text) };
      return sql`(${isUnknown(query.type === 'text' ? 2 : 1)}${whereText([phrase], compiling)})`;
    }
    case 'hasAttachment':
      return ofHeader(sql`message.has_attachment = 1`);
    case 'before':
      return ofHeader(sql`message.received_at_ms < ${Date.parse(query.date)}`);
    case 'after':
      return ofHeader(sql`message.received_at_ms >= ${Date.parse(query.date)}`);
    case 'keyword':
      return whereKeyword(query);
    case 'larger':
      return sql`message.size_bytes > ${query.sizeBytes}`;
    case 'smaller':
      return sql`message.size_bytes < ${query.sizeBytes}`;
    case 'in': {
      const name = foldText(query.mailbox);
      return whereMailbox(compiling.mailboxes.filter((mailbox) => foldText(mailbox.name) === name));
    }
  }
}

export const whereMailbox = (mailboxes: SearchRequest['mailboxes']): Where =>
  mailboxes.length === 0 ? sql`false` : sql`message.mailbox_id in (${sql.join(mailboxes.map(({ key }) => key))})`;

const phraseOf = (query: Query): Phrase | null =>
  'text' in query ? { field: query.type, tokens: tokensOf(query.text) } : null;

/** What was forgotten of a message, since it became another, is not asked for. */
const whereText = (phrases: Phrase[], { dialect, accountId, range }: Compiling): Where =>
  sql`(message.indexed > 0 and ${hasText(dialect, accountId, phrases, range)})`;

function whereKeyword({ keyword, isSet }: Query & { type: 'keyword' }): Where {
  const name = keyword.toLowerCase();
  if (name === '$seen') return sql`message.is_seen = ${isSet ? 1 : 0}`;
  if (name === '$flagged') return sql`message.is_flagged = ${isSet ? 1 : 0}`;
  // As a value: Postgres would plan a join for each of many.
  return sql`(exists (select 1 from maildrop_keyword where row_id = message.row_id and keyword = ${name}))
    is ${sql.raw(isSet ? 'true' : 'false')}`;
}
