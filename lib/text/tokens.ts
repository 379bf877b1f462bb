/** Lower case without accents: people write "resume" for "résumé". */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ');
}

/** Scripts that put no spaces between words: each character is a token, and a word is found as a phrase. */
const unspaced = '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}';
const tokens = new RegExp(`(?=[\\p{L}\\p{N}])[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{N}]){1,40}`, 'gu');

const isAscii = /^[\0-\x7f]*$/;
const asciiTokens = /[a-z0-9]{1,40}/g;

/**
 * The words of a text as an index holds them and a question asks for them: letters and digits of any script, folded,
 * in pieces of at most 40 characters. Nothing in them means anything to a database.
 */
export function tokensOf(text: string): string[] {
  // Most mail by far, and ten times as fast.
  if (isAscii.test(text)) return text.toLowerCase().match(asciiTokens) ?? [];
  return foldText(text).match(tokens) ?? [];
}
