/** One Authentication-Results field (RFC 8601 §2.2). All names are in lower case; values are as they stand. */
export interface AuthenticationResults {
  authservId: string;
  results: MethodResult[];
}

/** What one method found, e.g. `dkim`, `pass`, with what it looked at: `header.d` → `example.org`. */
export interface MethodResult {
  method: string;
  result: string;
  properties: Map<string, string>;
}

const maxLength = 16 * 1024;
const maxResults = 50;
const maxProperties = 50;

/**
 * Reads a field's value. Null where it is none: without an authserv-id, or of another version than 1. What stands behind
 * a comment or quotation that never ends is not there. Never throws; linear in the length.
 */
export function parseAuthenticationResults(value: string): AuthenticationResults | null {
  const [first = [], ...rest] = splitResults(readTokens(value.slice(0, maxLength)));
  const [id, version, ...more] = first;
  if (id === undefined || isSign(id) || more.length > 0) return null;
  if (version !== undefined && version.text !== '1') return null;
  return { authservId: id.text.toLowerCase(), results: rest.slice(0, maxResults).flatMap(readResult) };
}

interface Token {
  text: string;
  isQuoted: boolean;
}

const isSign = ({ text, isQuoted }: Token): boolean => !isQuoted && (text === '=' || text === ';');

/** Words, quoted strings, `=` and `;`. Comments nest (RFC 5322 §3.2.2) and stand for white space. */
function readTokens(value: string): Token[] {
  const tokens: Token[] = [];
  const token = /\s+|\(|"((?:[^"\\]|\\.)*)"|[=;]|[^\s()"=;]+/gsy;
  while (token.lastIndex < value.length) {
    const start = token.lastIndex;
    const match = token.exec(value);
    if (match === null) break;
    if (match[0] === '(') {
      const end = endOfComment(value, token.lastIndex);
      if (end === null) break;
      token.lastIndex = end;
    } else if (match[1] !== undefined) {
      tokens.push({ text: match[1].replace(/\\(.)/gs, '$1'), isQuoted: true });
    } else if (match[0].trim() !== '') {
      const last = tokens.at(-1);
      // A local part in quotes goes on behind them: "a b"@example.org.
      if (last?.isQuoted && value[start - 1] === '"' && match[0].startsWith('@')) last.text += match[0];
      else tokens.push({ text: match[0], isQuoted: false });
    }
  }
  return tokens;
}

/** Where the comment that begins before `start` is over, or null. */
function endOfComment(value: string, start: number): number | null {
  let depth = 1;
  for (let at = start; at < value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (value[at] === '(') depth += 1;
    else if (value[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return null;
}

function splitResults(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [[]];
  for (const token of tokens) {
    if (!token.isQuoted && token.text === ';') groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups;
}

/** `method[/version]=result`, then `ptype.property=value` and `reason=value`, white space and comments anywhere. */
function readResult(tokens: Token[]): MethodResult[] {
  const pairs: [string, string][] = [];
  let words: string[] = [];
  for (let at = 0; at < tokens.length && pairs.length <= maxProperties; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    if (!isSign(token)) {
      words.push(token.text);
      continue;
    }
    const value = tokens[at + 1];
    if (value === undefined || isSign(value)) break;
    pairs.push([nameOf(words), value.text]);
    words = [];
    at += 1;
  }
  const [first, ...properties] = pairs;
  if (first === undefined) return [];
  const [name, result] = first;
  return [{ method: name.split('/')[0] ?? '', result: result.toLowerCase(), properties: firstOf(properties) }];
}

/** A name may be in pieces (`policy . expired`); words that no `.` or `/` joins to it belong to nothing. */
function nameOf(words: readonly string[]): string {
  const isJoined = words.some((word) => /^[./]|[./]$/.test(word));
  return (isJoined ? words.join('') : (words.at(-1) ?? '')).toLowerCase();
}

/** A property given twice is what it was first. */
function firstOf(pairs: readonly [string, string][]): Map<string, string> {
  const properties = new Map<string, string>();
  for (const [name, value] of pairs) if (!properties.has(name)) properties.set(name, value);
  return properties;
}
