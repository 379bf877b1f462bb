import type { TextBody } from '../../mail/model.ts';
import { unflow } from '../../text/format-flowed.ts';
import { type QuoteRun, splitQuotes } from '../../text/quote.ts';

/** A stretch of a plain text mail. A quote holds its runs, deeper ones among them; `isFolded` when it starts closed. */
export type PlainBlock =
  | { kind: 'text' | 'signature'; text: string }
  | { kind: 'quote'; runs: QuoteRun[]; lineCount: number; isFolded: boolean };

/** A quote at the end is what one has read already; one in the middle is being answered and stays open unless it is long. */
const openAtEnd = 3;
const openWithin = 12;

/** Reads the text of a plain body: soft line breaks joined (RFC 3676), quotes and the signature (§4.3) told apart. */
export function readPlainBlocks({
  text,
  isFlowed = false,
  isDelSp = false,
}: Pick<TextBody, 'text' | 'isFlowed' | 'isDelSp'>): PlainBlock[] {
  const lines = text.replace(/\r\n?/g, '\n').trimEnd();
  const runs = splitQuotes(isFlowed ? unflow(lines, isDelSp) : lines);
  const blocks: PlainBlock[] = [];
  for (const run of runs) {
    const last = blocks.at(-1);
    if (run.depth === 0) blocks.push(...splitSignature(run.text));
    else if (last?.kind === 'quote') last.runs.push(run);
    else blocks.push({ kind: 'quote', runs: [run], lineCount: 0, isFolded: false });
  }
  const shown = blocks.filter((block) => block.kind === 'quote' || block.text.trim() !== '');
  const lastOwn = shown.findLastIndex((block) => block.kind === 'text');
  return shown.map((block, index) => {
    if (block.kind !== 'quote') return { ...block, text: trimLines(block.text) };
    const lineCount = block.runs.reduce((count, run) => count + run.text.split('\n').length, 0);
    // A mail that is nothing but a quote is worth showing whole.
    const isFolded = lastOwn !== -1 && lineCount > (index > lastOwn ? openAtEnd : openWithin);
    return { ...block, lineCount, isFolded };
  });
}

function splitSignature(text: string): PlainBlock[] {
  const at = /^-- $/m.exec(text)?.index;
  if (at === undefined) return [{ kind: 'text', text }];
  return [
    { kind: 'text', text: text.slice(0, at) },
    { kind: 'signature', text: text.slice(at + 4) },
  ];
}

/** Without the empty lines around it. Not by a pattern: one anchored at the end looks anew from each of a million line ends. */
function trimLines(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === '\n') start += 1;
  while (end > start && text[end - 1] === '\n') end -= 1;
  return text.slice(start, end);
}
