/** One answer of a server as it came: literals (RFC 9051 §4.3) stand beside the line that names their sizes. */
export interface RawAnswer {
  payload: Buffer;
  literals: Buffer[];
}

/** Of lists that follow each other without a space, as addresses and bodies do, so many are kept in one list… */
const maxSiblings = 1_200;
/** …and so many lists in all of one item, ENVELOPE or BODYSTRUCTURE. */
const maxLists = 12_000;
const [quote, backslash, open, close, brace] = Array.from('"\\(){', (sign) => sign.charCodeAt(0));

/**
 * Leaves out the lists of a FETCH answer that go beyond what is ever shown (500 addresses, 1,000 parts), before each of
 * their letters becomes an object: what stands after them stays, so that it reads as a smaller answer. Lists as in RFC 9051
 * §9: `1*address`, `1*body`.
 */
export function boundLists({ payload, literals }: RawAnswer): RawAnswer {
  const kept: Buffer[] = [];
  const keptLiterals: Buffer[] = [];
  /** How many lists stand so far in each open list. */
  const counts: number[] = [];
  let lists = 0;
  let from = 0;
  let literal = 0;
  /** How deep the list is that is left out; 0 where none is. */
  let leftOut = 0;
  for (let at = 0; at < payload.length; at += 1) {
    const sign = payload[at];
    if (sign === quote) at = endOfString(payload, at);
    else if (sign === brace && isLiteral(payload, at)) {
      const bytes = literals[literal++];
      if (leftOut === 0 && bytes) keptLiterals.push(bytes);
    } else if (sign === open) {
      const siblings = (counts[counts.length - 1] ?? 0) + 1;
      if (counts.length > 0) counts[counts.length - 1] = siblings;
      if (counts.length === 1) lists = 0;
      lists += 1;
      counts.push(0);
      if (leftOut > 0 || payload[at - 1] !== close || (siblings <= maxSiblings && lists <= maxLists)) continue;
      leftOut = counts.length;
      if (at > from) kept.push(payload.subarray(from, at));
    } else if (sign === close) {
      if (leftOut === counts.length && leftOut > 0) {
        leftOut = 0;
        from = at + 1;
      }
      counts.pop();
    }
  }
  // One that never closes is as malformed as it was.
  if (leftOut > 0 || from === 0) return { payload, literals };
  return { payload: Buffer.concat([...kept, payload.subarray(from)]), literals: keptLiterals };
}

/** Where a quoted string ends that begins here; the end of the answer where it does not. */
function endOfString(payload: Buffer, start: number): number {
  let at = start + 1;
  while (at < payload.length && payload[at] !== quote) at += payload[at] === backslash ? 2 : 1;
  return at;
}

const isLiteral = (payload: Buffer, at: number): boolean =>
  /^\{\d+\+?\}\r?\n/.test(payload.toString('latin1', at, at + 16));
