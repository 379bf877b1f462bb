/** One header field: name in lower case, value unfolded, one char per byte. */
export interface HeaderField {
  name: string;
  value: string;
}

/** A header longer than this is cut. */
export const maxHeaderBytes = 1024 * 1024;
/** Real mail has some dozens. */
const maxLines = 20_000;

/**
 * Splits a header block into its fields, in order (RFC 5322 §2.2). Stops at the first empty line; what is no field
 * (an mbox `From ` line, junk) is left out. Never throws.
 */
export function splitFields(bytes: Buffer): HeaderField[] {
  const lines: string[][] = [];
  for (const line of bytes.toString('latin1', 0, maxHeaderBytes).split(/\r?\n/, maxLines)) {
    if (line === '' || line.startsWith('--')) break;
    if (lines.length > 0 && (line[0] === ' ' || line[0] === '\t')) lines.at(-1)?.push(line);
    // A first line that is indented continues nothing: it must not hide a sender.
    else lines.push([line.trimStart()]);
  }
  return lines.flatMap((folded) => {
    const text = folded.join('');
    // White space before the colon, a fold too, is obsolete but still a field (RFC 5322 §4.5).
    const name = /^([!-9;-~]+)[ \t]*:/.exec(text);
    return name ? [{ name: (name[1] ?? '').toLowerCase(), value: text.slice(name[0].length).trim() }] : [];
  });
}

/** The first value of a field, or null. */
export function fieldOf(fields: readonly HeaderField[], name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}

/** All values of a field, in order. */
export function fieldsOf(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}
