/** RFC 3676 §4.2 wants lines of 78 characters at most; 72 leaves room to be quoted a few times. */
const width = 72;

/**
 * Text as format=flowed (RFC 3676 §4.2): paragraphs are broken with a space before the line end, which a reader joins
 * again. Quotes (leading ">") keep their depth; spaces at line ends, which would flow, go; the signature mark stays.
 */
export function flow(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line) => (line === '-- ' ? [line] : flowLine(line)))
    .join('\n');
}

function flowLine(line: string): string[] {
  const quote = /^(>+) ?/.exec(line);
  const depth = quote?.[1]?.length ?? 0;
  const content = line.slice(quote?.[0].length ?? 0).trimEnd();
  const mark = '>'.repeat(depth);
  // Stuffed where a reader would take the first character for something else (§4.4).
  const stuff = (piece: string) => (depth > 0 || /^(>| |From )/.test(piece) ? `${mark} ${piece}` : piece);
  return broken(content, width - depth - 1).map(stuff);
}

/** Pieces of about `most` characters, each but the last ending in the space that it was broken at. */
function broken(content: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = content;
  while (rest.length > most) {
    const before = rest.lastIndexOf(' ', most);
    const at = before > 0 ? before : rest.indexOf(' ', most);
    if (at < 0) break;
    pieces.push(rest.slice(0, at + 1));
    rest = rest.slice(at + 1);
  }
  return [...pieces, rest];
}
