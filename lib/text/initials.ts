import { displayText } from './bidi.ts';

/** What an avatar shows for someone without a picture: one or two letters, and a hue of 0–359 that stays theirs. */
export interface AvatarText {
  initials: string;
  hue: number;
}

/** Initials of a name in any script, of the address without one; the hue is of the address, as names change. */
export function avatarOf(name: string | null, email: string): AvatarText {
  const words = wordsOf(displayText(name ?? ''));
  const local = wordsOf(displayText(email.split('@', 1)[0] ?? ''));
  return { initials: initialsOf(words.length > 0 ? words : local), hue: hueOf((email || name || '').toLowerCase()) };
}

const maxLength = 200;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Scripts without capitals and spaces, where one character says as much as two letters do elsewhere. */
const dense = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The words of a name, "Lee, Ann" as Ann Lee; what stands in brackets is about the person, not of the name. */
function wordsOf(name: string): string[] {
  const bare = name.slice(0, maxLength).replace(/[([<{].*$/u, '');
  const [last = '', ...first] = bare.split(',');
  return [...first, last]
    .join(' ')
    .split(/[^\p{L}\p{N}\p{M}'’]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+/u, ''))
    .filter((word) => word !== '');
}

function initialsOf(words: readonly string[]): string {
  const first = words[0];
  const last = words.at(-1);
  if (!first || !last) return '?';
  if (words.length === 1 || dense.test(first)) return initialOf(first);
  return initialOf(first) + initialOf(last);
}

function initialOf(word: string): string {
  const [first] = graphemes.segment(word);
  const letter = first?.segment ?? '';
  const upper = letter.toUpperCase();
  // "ß" becomes two letters in upper case: such a one stays as it is.
  return upper.length === letter.length ? upper : letter;
}

/** FNV-1a, for an even spread of similar addresses. */
function hueOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % 360;
}
