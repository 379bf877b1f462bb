/** The first and last byte asked for; `first` null: the last `last` bytes; `last` null: to the end (RFC 9110 §14.1.2). */
export interface AskedRange {
  first: number | null;
  last: number | null;
}

/** One byte range of a Range header; null for none, several, another unit or bad syntax: all to be ignored (§14.2). */
export function parseRange(header: string | null): AskedRange | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (match === null) return null;
  const first = match[1] === '' ? null : Number(match[1]);
  const last = match[2] === '' ? null : Number(match[2]);
  if (first === null && last === null) return null;
  if (first !== null && last !== null && last < first) return null;
  return { first, last };
}

/** The bytes of `size` that are meant, both ends included; null when there are none of them (416, RFC 9110 §15.5.17). */
export function resolveRange(asked: AskedRange, size: number): { first: number; last: number } | null {
  const first = asked.first ?? Math.max(0, size - (asked.last ?? 0));
  const last = asked.first === null ? size - 1 : Math.min(asked.last ?? size - 1, size - 1);
  return first > last ? null : { first, last };
}
