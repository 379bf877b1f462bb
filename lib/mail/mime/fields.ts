/** One header field: name in lower case, value unfolded, one char per byte. */
export interface HeaderField {
  name: string;
  value: string;
}

/** A header longer than this is cut. */
export const maxHeaderBytes = 1024 * 1024;

/**
 * Splits a header block into its fields, in order (RFC 5322 §2.2). Stops at the first empty line; what is no field
 * (an mbox `From ` line, junk) is left out. Never throws.
 */
export function splitFields(bytes: Buffer): HeaderField[] {
  const fields: HeaderField[] = [];
  let lines: string[] | null = null;
  const finish = () => {
    const last = fields.at(-1);
    if (last && lines) last.value = lines.join('').trim();
    lines = null;
  };
  for (const line of bytes.toString('latin1', 0, maxHeaderBytes).split(/\r?\n/)) {
    if (line === '') break;
    if (line[0] === ' ' || line[0] === '\t') {
      lines?.push(line);
      continue;
    }
    finish();
    const field = /^([!-9;-~]+)[ \t]*:/.exec(line);
    if (!field) continue;
    fields.push({ name: (field[1] ?? '').toLowerCase(), value: '' });
    lines = [line.slice(field[0].length)];
  }
  finish();
  return fields;
}

/** The first value of a field, or null. */
export function fieldOf(fields: readonly HeaderField[], name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}

/** All values of a field, in order. */
export function fieldsOf(fields: readonly HeaderField[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.value);
}
