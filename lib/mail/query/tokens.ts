/** A piece of a typed query, as it is in `source`. `text` of a word is as typed; of a phrase, what stood in quotes. */
export type Token = { source: string } & (
  | { type: 'open' | 'close' | 'or' | 'not' }
  | { type: 'word' | 'phrase'; text: string }
  /** `name:` right before what it governs: a word, a phrase or a group. */
  | { type: 'operator'; name: string }
);
type Piece = Token extends infer T ? (T extends Token ? Omit<T, 'source'> : never) : never;

const operators =
  'from|to|subject|in|has|is|keyword|label|before|after|older|newer|older_than|newer_than|larger|smaller|size';
const pattern = new RegExp(
  [
    '[()]',
    `(?<negation>-)(?=[^\\s-])`,
    '"(?<phrase>[^"]*)"?',
    `(?<operator>${operators}):(?=\\s*[^\\s)])`,
    '(?<word>[^\\s()"]+)',
  ].join('|'),
  'giuy',
);

/** Cuts a typed query into tokens; a quote that is not closed runs to the end. Linear, never throws. */
export function tokenise(text: string): Token[] {
  const clean = text
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[“”„«»]/g, '"')
    .trim();
  const tokens: Token[] = [];
  let at = 0;
  while (at < clean.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(clean);
    if (match) for (const piece of pieceOf(match)) tokens.push({ ...piece, source: match[0] });
    at = match ? pattern.lastIndex : at + 1;
  }
  return tokens;
}

function pieceOf({ 0: text, groups = {} }: RegExpExecArray): Piece[] {
  if (text === '(') return [{ type: 'open' }];
  if (text === ')') return [{ type: 'close' }];
  if (groups.negation !== undefined || text === 'NOT') return [{ type: 'not' }];
  if (groups.phrase !== undefined) return groups.phrase.trim() ? [{ type: 'phrase', text: groups.phrase.trim() }] : [];
  if (groups.operator !== undefined) return [{ type: 'operator', name: groups.operator.toLowerCase() }];
  if (text === 'OR' || text === '|') return [{ type: 'or' }];
  return text === 'AND' || text === '-' ? [] : [{ type: 'word', text }];
}
