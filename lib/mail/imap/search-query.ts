import { MailError } from '../errors.ts';
import type { Query } from '../query.ts';
import { flagOf } from './keywords.ts';
import { isSafeText } from './safe-text.ts';
import { atom, type Token, text } from './wire.ts';

const maxTerms = 200;
const maxTermLength = 1000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface SearchKeys {
  tokens: Token[];
  /** Some text is not ASCII: the command needs a CHARSET (RFC 9051 §6.4.4). */
  isUnicode: boolean;
}

/**
 * A query as SEARCH keys (RFC 9051 §6.4.4). An attachment is approximated: multipart/mixed, or the keyword that other
 * servers and clients set. `isIn` tells whether `in:` names the mailbox at hand. Throws `invalid` past the bounds.
 */
export function compileQuery(query: Query, isIn: (name: string) => boolean): SearchKeys {
  const count = { terms: 0, isUnicode: false };
  const tokens = compile(query, isIn, count);
  return { tokens, isUnicode: count.isUnicode };
}

function compile(query: Query, isIn: (name: string) => boolean, count: { terms: number; isUnicode: boolean }): Token[] {
  count.terms += 1;
  if (count.terms > maxTerms) throw new MailError('invalid', 'too many words to search for', { detail: 'q' });
  const string = (value: string): Token => {
    if (value.length > maxTermLength || !isSafeText(value))
      throw new MailError('invalid', 'not a text to search for', { detail: 'q' });
    if (/[^\x20-\x7e]/.test(value)) count.isUnicode = true;
    return text(value);
  };
  switch (query.type) {
    case 'all':
      return [atom('ALL')];
    case 'and':
      return query.terms.length === 0 ? [atom('ALL')] : query.terms.flatMap((term) => compile(term, isIn, count));
    case 'or':
      return either(query.terms.map((term) => compile(term, isIn, count)));
    case 'not':
      return [atom('NOT'), group(compile(query.term, isIn, count))];
    case 'text':
    case 'from':
    case 'subject':
      return query.text.trim() === '' ? [atom('ALL')] : [atom(query.type.toUpperCase()), string(query.text)];
    case 'to':
      return either(['TO', 'CC', 'BCC'].map((field) => [atom(field), string(query.text)]));
    case 'hasAttachment':
      return attachmentKeys();
    case 'keyword':
      return keywordKeys(query.keyword, query.isSet);
    case 'before':
    case 'after':
      return [atom(query.type === 'before' ? 'BEFORE' : 'SINCE'), atom(dateOf(query.date))];
    case 'larger':
    case 'smaller':
      return [atom(query.type.toUpperCase()), atom(sizeOf(query.sizeBytes))];
    case 'in':
      return isIn(query.mailbox) ? [atom('ALL')] : [atom('NOT'), atom('ALL')];
  }
}

/** What probably has an attachment; rows are checked by their structure. */
export const attachmentKeys = (): Token[] =>
  either([
    [atom('KEYWORD'), atom('$HasAttachment')],
    [atom('HEADER'), text('Content-Type'), text('multipart/mixed')],
  ]);

/** Any of these. OR takes exactly two keys: by halves, so that many do not nest deep. */
export function either(branches: Token[][]): Token[] {
  const [first] = branches;
  if (!first) return [atom('NOT'), atom('ALL')];
  if (branches.length === 1) return first;
  const middle = branches.length >> 1;
  return [atom('OR'), group(either(branches.slice(0, middle))), group(either(branches.slice(middle)))];
}

const group = (tokens: Token[]): Token => (tokens.length === 1 && tokens[0] ? tokens[0] : tokens);

function keywordKeys(keyword: string, isSet: boolean): Token[] {
  const flag = keyword.toLowerCase() === '$deleted' ? '\\Deleted' : flagOf(keyword);
  if (flag.startsWith('\\')) return [atom(`${isSet ? '' : 'UN'}${flag.slice(1).toUpperCase()}`)];
  return [atom(isSet ? 'KEYWORD' : 'UNKEYWORD'), atom(flag)];
}

/** `2024-02-29` as `29-Feb-2024`; the date stays the calendar day that was asked for. */
function dateOf(date: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const name = months[Number(month) - 1];
  if (!name || Number(day) < 1 || Number(day) > 31) throw new MailError('invalid', 'not a date', { detail: 'q' });
  return `${Number(day)}-${name}-${year}`;
}

function sizeOf(sizeBytes: number): string {
  if (!Number.isFinite(sizeBytes) || sizeBytes < 0) throw new MailError('invalid', 'not a size', { detail: 'q' });
  return String(Math.min(Math.round(sizeBytes), 0xffffffff));
}
