import { MailError } from '../errors.ts';
import type { Query } from '../query.ts';
import { type Meanings, parseOperator } from './operator.ts';
import { type Token, tokenise } from './tokens.ts';

/** Characters of a query. */
export const maxQueryLength = 2_000;
const maxDepth = 20;

interface Options {
  /** The day that `older_than:` counts from, `YYYY-MM-DD`; today in UTC by default. */
  today?: string;
  /** What the person calls which keyword, for `label:`. */
  labels?: Meanings['labels'];
}

/**
 * Reads what a person typed, with the habits of Gmail: words are all wanted, `OR` binds tighter than their neighbourhood,
 * `-` excludes, `(…)` groups, `subject:(…)` governs a group. What is no valid operator is a word. Throws `invalid`
 * past 2,000 characters, and for nothing else.
 */
export function parseQuery(text: string, options: Options = {}): Query {
  return join(
    'and',
    termsOf(text, options).map(({ query }) => query),
  );
}

/** What all must be true of a hit, each as it was typed: without one of them, the others make the wider question. Throws as `parseQuery`. */
export function termsOf(
  text: string,
  { today = new Date().toISOString().slice(0, 10), labels = [] }: Options = {},
): { source: string; query: Query }[] {
  if (text.length > maxQueryLength) throw new MailError('invalid', `a query has ${maxQueryLength} characters at most`);
  const reader: Reader = { tokens: tokenise(text), at: 0, meanings: { today, labels } };
  const terms: { source: string; query: Query }[] = [];
  while (reader.at < reader.tokens.length) {
    const from = reader.at;
    const query = readAlternatives(reader, null, 0);
    // A parenthesis that closes nothing.
    if (reader.at === from) reader.at++;
    else terms.push({ source: sourceOf(reader.tokens.slice(from, reader.at)), query });
  }
  return terms;
}

function sourceOf(tokens: readonly Token[]): string {
  let source = '';
  let before: Token | undefined;
  for (const token of tokens) {
    const isJoined = before === undefined || /not|open|operator/.test(before.type) || token.type === 'close';
    source += `${isJoined ? '' : ' '}${token.type === 'not' ? '-' : token.source}`;
    before = token;
  }
  return source;
}

interface Reader {
  tokens: Token[];
  at: number;
  meanings: Meanings;
}

/** Reads terms up to the end or a closing parenthesis; `field` governs the plain words in it. */
function readAll(reader: Reader, field: string | null, depth: number): Query {
  const terms: Query[] = [];
  for (let token = reader.tokens[reader.at]; token && token.type !== 'close'; token = reader.tokens[reader.at]) {
    terms.push(readAlternatives(reader, field, depth));
  }
  return join('and', terms);
}

function readAlternatives(reader: Reader, field: string | null, depth: number): Query {
  const terms: Query[] = [];
  do {
    while (reader.tokens[reader.at]?.type === 'or') reader.at++;
    const next = reader.tokens[reader.at];
    if (!next || next.type === 'close') break;
    terms.push(readTerm(reader, field, depth));
  } while (reader.tokens[reader.at]?.type === 'or');
  return join('or', terms);
}

function readTerm(reader: Reader, field: string | null, depth: number): Query {
  const token = reader.tokens[reader.at++];
  switch (token?.type) {
    case 'not':
      return negate(isTermNext(reader) ? readTermOnce(reader, field, depth) : { type: 'all' });
    case 'open':
      return readGroup(reader, field, depth);
    case 'operator':
      return readOperator(reader, token.name, field, depth);
    case 'word':
    case 'phrase':
      return plain(token.text, field, reader.meanings);
    default:
      return { type: 'all' };
  }
}

const isTermNext = (reader: Reader): boolean => {
  const next = reader.tokens[reader.at];
  return next !== undefined && next.type !== 'close' && next.type !== 'or';
};

/** A row of NOTs is read in a loop: two thousand of them must not be two thousand frames. */
function readTermOnce(reader: Reader, field: string | null, depth: number): Query {
  let isNegated = false;
  while (reader.tokens[reader.at]?.type === 'not') {
    isNegated = !isNegated;
    reader.at++;
  }
  const term = isTermNext(reader) ? readTerm(reader, field, depth) : ({ type: 'all' } as const);
  return isNegated ? negate(term) : term;
}

/** Past the depth a parenthesis counts as nothing. */
function readGroup(reader: Reader, field: string | null, depth: number): Query {
  if (depth >= maxDepth) return { type: 'all' };
  const group = readAll(reader, field, depth + 1);
  reader.at++;
  return group;
}

function readOperator(reader: Reader, name: string, field: string | null, depth: number): Query {
  const next = reader.tokens[reader.at];
  if (next?.type === 'open') {
    reader.at++;
    return readGroup(reader, name, depth);
  }
  if (next?.type !== 'word' && next?.type !== 'phrase') return plain(`${name}:`, field, reader.meanings);
  reader.at++;
  return parseOperator(name, next.text, reader.meanings) ?? plain(`${name}:${next.text}`, field, reader.meanings);
}

function plain(text: string, field: string | null, meanings: Meanings): Query {
  return (field && parseOperator(field, text, meanings)) || { type: 'text', text };
}

function negate(term: Query): Query {
  if (term.type === 'not') return term.term;
  if (term.type === 'keyword') return { ...term, isSet: !term.isSet };
  return term.type === 'all' ? term : { type: 'not', term };
}

function join(type: 'and' | 'or', terms: readonly Query[]): Query {
  const flat = terms.flatMap((term) => (term.type === type ? term.terms : term.type === 'all' ? [] : [term]));
  const [first, ...rest] = flat;
  if (!first) return { type: 'all' };
  return rest.length === 0 ? first : { type, terms: flat };
}
