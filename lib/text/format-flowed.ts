/**
 * Joins the soft-wrapped lines of format=flowed text (RFC 3676 §4) so that a paragraph is one line and can wrap anew.
 * Quotes keep their depth as leading ">" and one space; `isDelSp` removes the space that marked the break (§4.2).
 */
export function unflow(text: string, isDelSp = false): string {
  const out: string[] = [];
  let open: { depth: number; parts: string[] } | null = null;
  const close = () => {
    if (open) out.push(quote(open.depth, open.parts.join('')));
    open = null;
  };
  for (const line of text.split('\n')) {
    const { depth, content } = unstuff(line);
    const isFlowed = content.endsWith(' ') && content !== '-- ';
    if (open && (open.depth !== depth || content === '-- ')) close();
    open ??= { depth, parts: [] };
    open.parts.push(isFlowed && isDelSp ? content.slice(0, -1) : content);
    if (!isFlowed) close();
  }
  close();
  return out.join('\n');
}

/** The quote depth of a line, and what stands after the quote marks and the stuffed space (§4.4, §4.5). */
function unstuff(line: string): { depth: number; content: string } {
  let depth = 0;
  while (line[depth] === '>') depth++;
  return { depth, content: line.slice(line[depth] === ' ' ? depth + 1 : depth) };
}

const quote = (depth: number, content: string): string => (depth === 0 ? content : `${'>'.repeat(depth)} ${content}`);
