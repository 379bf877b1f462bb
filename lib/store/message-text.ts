import { createHash } from 'node:crypto';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { EmailAddress } from '../mail/model.ts';
import type { MaildropHeader } from '../mail/pop3/maildrop.ts';
import { tokensOf } from '../text/tokens.ts';
import type { Store } from './database.ts';

/** Where a word may stand; `text` is anywhere. */
export type TextField = 'subject' | 'from' | 'to' | 'text';

/** The row ids from `from` up to but without `to`. */
export interface RowRange {
  from: number;
  to: number;
}

/** Of one message; both databases take it. What lies beyond is not found, which a letter of a hundred pages reaches. */
const maxTokens = 30_000;
const maxBytes = 500_000;
/** 40 characters, of up to 4 bytes. */
const maxTokenBytes = 160;

/** The words of a message as the index has them: of its subject, sender, recipients, and all else. */
export type Words = string[][];

/** The words of a message; `body` is null while only the header is known. */
export function wordsOf(accountId: string, header: MaildropHeader, body: string | null): Words {
  const tag = tagOf(accountId);
  const texts = [
    header.subject,
    namesOf(header.from),
    namesOf([...header.to, ...header.cc, ...header.bcc]),
    body ?? '',
  ];
  return bounded(texts.map(tokensOf)).map((tokens) => tokens.map((token) => tag + token));
}

/** Writes the words of messages, in place of those of before; the caller sets `indexed` in the same transaction. */
export async function writeTexts(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  texts: { rowId: number; words: Words }[],
): Promise<void> {
  if (texts.length === 0) return;
  const values = texts.map(({ rowId, words }) =>
    dialect.name === 'postgres'
      ? sql`(${rowId}::bigint, ${vectorOf(words)}::tsvector)`
      : sql`(${rowId}, ${sql.join(words.map((tokens) => tokens.join(' ')))})`,
  );
  await (dialect.name === 'postgres'
    ? sql`insert into maildrop_text (row_id, words) values ${sql.join(values)}
        on conflict (row_id) do update set words = excluded.words`
    : sql`insert or replace into maildrop_text (rowid, subject, sender, recipients, body) values ${sql.join(values)}`
  ).execute(db);
}

/** Tokens in a row, the last as a beginning; anywhere in a text from three letters on, since two begin words of every mail. */
export interface Phrase {
  field: TextField;
  tokens: string[];
}

/** Whether the message `message.row_id` of this account has every one of `phrases`. */
export function hasText(
  dialect: Store['dialect'],
  accountId: string,
  phrases: Phrase[],
  { from, to }: RowRange,
): RawBuilder<SqlBool> {
  const tag = tagOf(accountId);
  if (dialect.name === 'postgres') {
    const query = phrases.map((phrase) => tsqueryOf(phrase, tag)).join(' & ');
    return sql`message.row_id in (select row_id from maildrop_text
      where words @@ ${query}::tsquery and row_id >= ${from} and row_id < ${to})`;
  }
  const query = phrases
    .map(({ field, tokens }) => {
      const phrase = `${columns[field]}"${tokens.map((token) => tag + token).join(' ')}"`;
      return isBeginning(field, tokens.at(-1)) ? `${phrase} *` : phrase;
    })
    .join(' AND ');
  return sql`message.row_id in (select rowid from maildrop_text
    where maildrop_text match ${query} and rowid >= ${from} and rowid < ${to})`;
}

function tsqueryOf({ field, tokens }: Phrase, tag: string): string {
  const last = tokens.length - 1;
  return tokens
    .map((token, at) => {
      const marks = (at === last && isBeginning(field, token) ? '*' : '') + weights[field];
      return `'${tag}${token}'${marks && `:${marks}`}`;
    })
    .join(' <-> ');
}

const isBeginning = (field: TextField, token = ''): boolean => field !== 'text' || token.length > 2;

const columns: Record<TextField, string> = {
  subject: 'subject : ',
  from: 'sender : ',
  to: 'recipients : ',
  text: '',
};
const weights: Record<TextField, string> = { subject: 'A', from: 'B', to: 'C', text: '' };
const letters = ['A', 'B', 'C', 'D'];
/** The last that a tsvector can tell apart: of what stands behind it words are found, phrases are not. */
const maxPosition = 16_383;

/** In the words of Postgres: each token with its places, a gap between the fields. */
function vectorOf(fields: string[][]): string {
  const places = new Map<string, string[]>();
  let position = 0;
  for (const [index, tokens] of fields.entries()) {
    position += 10;
    for (const token of tokens) {
      position += 1;
      const place = `${Math.min(position, maxPosition)}${letters[index]}`;
      const before = places.get(token);
      if (before) before.push(place);
      else places.set(token, [place]);
    }
  }
  return Array.from(places, ([token, all]) => `'${token}':${all.join(',')}`).join(' ');
}

/**
 * In front of every word of an account: its words lie together, so others' mail does not slow a search, and no question
 * can name a word of another account.
 */
const tagOf = (accountId: string): string => createHash('sha256').update(accountId).digest('hex').slice(0, 8);

/** The first of it that the bounds leave room for. */
function bounded(fields: string[][]): string[][] {
  const mostOf = (tokens: string[]) => tokens.length * maxTokenBytes;
  if (fields.reduce((sum, tokens) => sum + mostOf(tokens), 0) <= maxBytes) return fields;
  let tokensLeft = maxTokens;
  let bytesLeft = maxBytes;
  return fields.map((tokens) => {
    const kept: string[] = [];
    for (const token of tokens) {
      tokensLeft -= 1;
      bytesLeft -= Buffer.byteLength(token);
      if (tokensLeft < 0 || bytesLeft < 0) break;
      kept.push(token);
    }
    return kept;
  });
}

const namesOf = (addresses: EmailAddress[]): string =>
  addresses.map(({ name, email }) => `${name ?? ''} ${email}`).join(', ');
