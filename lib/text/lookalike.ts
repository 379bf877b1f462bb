/**
 * Letters of other scripts that are drawn like a Latin one: Cyrillic, Greek and Armenian, and the Latin alpha and script g
 * of phonetic writing. A part of what Unicode's confusables name (UTS #39): what an ordinary font makes the same.
 */
const twins = new Set('асԁеһіјӏорԛѕԝхуѵАВЕЅІЈКМНОРСТХУԌԚԜҮαικνορυγΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոհցղյɑɡ');

const maxLength = 1_000;

/**
 * Whether a name holds a word of Latin letters into which letters of other scripts were put that look the same. Words in a
 * script of their own, and words that mix scripts for all to see, are what people are called.
 */
export function hasLookalikeWord(name: string): boolean {
  const words =
    name
      .slice(0, maxLength)
      .normalize('NFC')
      .match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  return words.some((word) => word.length > 2 && isMixed(word));
}

/** The same of a domain, label by label; here a label all of look-alikes is one too where what follows is Latin. */
export function isLookalikeDomain(domain: string): boolean {
  const labels = domain.slice(0, maxLength).normalize('NFC').split('.');
  const isLatinEnd = /^[\0-\x7f]*$/.test(labels.at(-1) ?? '');
  return labels.some((label) => isMixed(label) || (isLatinEnd && isWhollyTwins(label)));
}

function isMixed(word: string): boolean {
  const letters = lettersOf(word);
  return letters.some((letter) => twins.has(letter)) && letters.some(isPlain) && letters.every(looksLatin);
}

function isWhollyTwins(label: string): boolean {
  const letters = lettersOf(label);
  return letters.length > 1 && letters.every((letter) => twins.has(letter));
}

const lettersOf = (text: string) => text.match(/\p{L}/gu) ?? [];
const isPlain = (letter: string) => /[a-z]/i.test(letter);
const looksLatin = (letter: string) => twins.has(letter) || /\p{Script=Latin}/u.test(letter);

/** Whether a name or address holds what cannot be seen and changes how it reads: a turned direction, a gap of no width. */
export function hasHiddenCharacters(text: string): boolean {
  // Between other letters the joiners belong to the spelling, and direction marks to the line.
  return /[\u202d\u202e]|[a-z\d@.]\p{Default_Ignorable_Code_Point}+[a-z\d@.]/iu.test(text);
}
