/** Lines of one quote depth, without their marks; depth 0 is the writer's own text. */
export interface QuoteRun {
  depth: number;
  text: string;
}

const maxDepth = 20;

/** Splits plain text into runs by how deep it is quoted: ">", "> >", ">>" at the beginning of lines. */
export function splitQuotes(text: string): QuoteRun[] {
  const runs: { depth: number; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const marks = /^(?:> ?)*/.exec(line)?.[0] ?? '';
    const depth = Math.min(maxDepth, marks.replaceAll(' ', '').length);
    const last = runs.at(-1);
    if (last?.depth === depth) last.lines.push(line.slice(marks.length));
    else runs.push({ depth, lines: [line.slice(marks.length)] });
  }
  return runs.map(({ depth, lines }) => ({ depth, text: lines.join('\n') }));
}
