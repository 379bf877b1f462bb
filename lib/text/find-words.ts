import { foldText } from './tokens.ts';

/** Where words or phrases stand in a text, without regard to case, accents and kinds of spaces: `[start, end)`, in order of the words. */
export function findWords(text: string, words: readonly string[]): [number, number][] {
  const { folded, starts, ends } = foldInPlace(text);
  const spans: [number, number][] = [];
  for (const word of words) {
    const wanted = foldText(word).trim();
    if (wanted === '') continue;
    for (let at = folded.indexOf(wanted); at !== -1; at = folded.indexOf(wanted, at + wanted.length))
      spans.push([starts[at] ?? 0, ends[at + wanted.length - 1] ?? text.length]);
  }
  return spans;
}

/** As `foldText`, with the place in `text` that each unit of the folded one comes from. */
function foldInPlace(text: string): { folded: string; starts: number[]; ends: number[] } {
  const starts: number[] = [];
  const ends: number[] = [];
  const letters: string[] = [];
  let at = 0;
  for (const letter of text) {
    const next = at + letter.length;
    const units = letter < '\x7f' && letter > ' ' ? letter.toLowerCase() : foldText(letter);
    // An accent that stands by itself, and one more space, belong to what is before them.
    if (units === '' || (units === ' ' && letters.at(-1) === ' ')) ends[ends.length - 1] = next;
    else {
      for (let unit = 0; unit < units.length; unit += 1) {
        starts.push(at);
        ends.push(next);
      }
      letters.push(units);
    }
    at = next;
  }
  return { folded: letters.join(''), starts, ends };
}
