/** The list with one of its own put `by` places further on; at the ends it stays. */
export function moveBy<T>(own: readonly T[], one: T, by: 1 | -1): T[] {
  const from = own.indexOf(one);
  const to = from + by;
  if (from === -1 || to < 0 || to >= own.length) return [...own];
  return own.filter((other) => other !== one).toSpliced(to, 0, one);
}
