/** One header field: name in lower case, value unfolded, one char per byte. */
export interface HeaderField {
  name: string;
  value: string;
}

/** A header longer than this is cut. */
export const maxHeaderBytes = 1024 * 1024;
/** Real mail has some dozens. */
const maxLines = 20_000;
/** Twice as much as is read of any field; a longer one is cut. */
const maxFieldBytes = 128 * 1024;

/**
 * Splits a header block into its fields, in order (RFC 5322 §2.2). Stops at the first empty line; what is no field
 * (an mbox `From ` line, junk) is left out. Never throws.
 */
export function splitFields(bytes: Buffer): HeaderField[] {
  const text = bytes.toString('latin1', 0, maxHeaderBytes);
  const fields: HeaderField[] = [];
  let begin = 0;
  let at = 0;
  // By line ends, not by lines: a header of 20,000 of them costs half as much.
  for (let lines = 0; lines < maxLines && at < text.length && !isEnd(text, at); lines += 1) {
    if (at > begin && text[at] !== ' ' && text[at] !== '\t') {
      fields.push(...fieldIn(text.slice(begin, at)));
      begin = at;
    }
    const end = text.indexOf('\n', at);
    at = end < 0 ? text.length : end + 1;
  }
  return [...fields, ...fieldIn(text.slice(begin, at))];
}

const isEnd = (text: string, at: number): boolean =>
  text[at] === '\n' || text.startsWith('\r\n', at) || text.startsWith('--', at);

function fieldIn(folded: string): HeaderField[] {
  // A first line that is indented continues nothing: it must not hide a sender.
  const text = folded
    .slice(0, maxFieldBytes)
    .replace(/^[^\S\n]+/, '')
    .split('\r\n')
    .join('')
    .split('\n')
    .join('');
  // White space before the colon, a fold too, is obsolete but still a field (RFC 5322 §4.5).
  const name = /^([!-9;-~]+)[ \t]*:/.exec(text);
  return name ? [{ name: (name[1] ?? '').toLowerCase(), value: text.slice(name[0].length).trim() }] : [];
}

/** The first value of a field, or null. */
export function fieldOf(fields: readonly HeaderField[], name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}

/** All values of a field, in order. */
export function fieldsOf(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}
