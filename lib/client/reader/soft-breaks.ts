/** A piece of text, and whether the line break after it was only made to fit a width. */
export interface Line {
  text: string;
  /** `joined` is a soft break between letters that are written without spaces. */
  breakAfter: 'soft' | 'joined' | 'hard' | 'none';
}

/** Hard-wrapped mail is wrapped at 60 to 80 columns; longer lines were never wrapped. */
const narrowest = 55;
const widest = 82;
const startsAnew = /^(?:\s|[-*•–+#|>]|\d{1,3}[.)]\s|[A-Za-z][.)]\s|\S+:(?:\s|$))/;

/**
 * Tells the line breaks that wrapped a paragraph from those that mean something, so that a narrow screen need not wrap what
 * is wrapped already. A break is soft where the next word would not have fitted into the width of its paragraph.
 */
export function findSoftBreaks(text: string): Line[] {
  const lines = text.split('\n');
  const widths = paragraphWidths(lines);
  return lines.map((line, index) => {
    const next = lines[index + 1];
    if (next === undefined) return { text: line, breakAfter: 'none' };
    const width = widths[index] ?? 0;
    const isJoined = dense.test(next.slice(0, 1)) && dense.test(line.slice(-1));
    const firstWord = isJoined ? next.slice(0, 1) : (/^\S+/.exec(next)?.[0] ?? '');
    const isSoft =
      width >= narrowest &&
      width <= widest &&
      firstWord !== '' &&
      !startsAnew.test(next) &&
      !/^\s/.test(line) &&
      columnsOf(line) + columnsOf(firstWord) > width - 3;
    return { text: line, breakAfter: isSoft ? (isJoined ? 'joined' : 'soft') : 'hard' };
  });
}

const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Columns of a terminal: such letters are two wide. */
function columnsOf(text: string): number {
  let columns = text.length;
  for (const letter of text) if (dense.test(letter)) columns += 1;
  return columns;
}

/** The longest line of the paragraph that each line belongs to. */
function paragraphWidths(lines: readonly string[]): number[] {
  const widths = new Array<number>(lines.length).fill(0);
  let start = 0;
  for (let index = 0; index <= lines.length; index += 1) {
    if (index < lines.length && lines[index]?.trim() !== '') continue;
    // Not as arguments of Math.max: a mail of a million lines has more of them than a call takes.
    const width = lines.slice(start, index).reduce((most, line) => Math.max(most, columnsOf(line)), 0);
    widths.fill(width, start, index);
    start = index + 1;
  }
  return widths;
}

/** True for text that is drawn with spaces: tables, diagrams, patches. Such text needs letters of one width. */
export function isAligned(text: string): boolean {
  const lines = text.split('\n', 400);
  const drawn = lines.filter((line) =>
    /\S {3,}\S|\t\S.*\t\S|[─-╿▀-▟]|^\s*[|+][-=+| ]{3,}|^@@ |^diff --git/.test(line),
  ).length;
  return drawn >= 3 && drawn >= lines.length / 12;
}
