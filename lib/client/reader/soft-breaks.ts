/** A piece of text, and whether the line break after it was only made to fit a width. */
export interface Line {
  text: string;
  breakAfter: 'soft' | 'hard' | 'none';
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
    const firstWord = /^\S+/.exec(next)?.[0] ?? '';
    const isSoft =
      width >= narrowest &&
      width <= widest &&
      firstWord !== '' &&
      !startsAnew.test(next) &&
      !/^\s/.test(line) &&
      line.length + 1 + firstWord.length > width - 3;
    return { text: line, breakAfter: isSoft ? 'soft' : 'hard' };
  });
}

/** The longest line of the paragraph that each line belongs to. */
function paragraphWidths(lines: readonly string[]): number[] {
  const widths = new Array<number>(lines.length).fill(0);
  let start = 0;
  for (let index = 0; index <= lines.length; index += 1) {
    if (index < lines.length && lines[index]?.trim() !== '') continue;
    const width = Math.max(0, ...lines.slice(start, index).map((line) => line.length));
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
