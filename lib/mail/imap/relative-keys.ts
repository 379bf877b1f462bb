import type { Facts } from './facts.ts';
import { either } from './search-query.ts';
import { atom, type Token, text } from './wire.ts';

/** A message of the conversation by its ids (RFC 5322 §3.6.4). */
export interface Kin extends Pick<Facts, 'messageId' | 'inReplyTo'> {
  references: readonly string[];
}

/** So many ids are asked for, and so many bytes in all: servers bound their command lines (RFC 2683 §3.2.1.5), and each costs. */
const mostIds = 24;
const mostBytes = 5_000;

/** Ids are a stranger's: what no honest one holds is not asked for. */
const isHonest = (id: string): boolean => /^[\x21\x23-\x5b\x5d-\x7e]{3,250}$/.test(id);

/**
 * SEARCH keys for what names or is named by these, oldest first; null where they have no ids. What began it comes first,
 * since every answer names that; then what the newest answer and are.
 */
export function relativeKeys(kin: readonly Kin[]): Token[] | null {
  const newest = kin.toReversed();
  const own = new Set(kin.map(({ messageId }) => messageId));
  const ids = new Set(
    [
      ...kin.flatMap(({ references }) => references.slice(0, 1)),
      ...kin.slice(0, 1).map(({ messageId }) => messageId),
      ...newest.flatMap(({ inReplyTo }) => inReplyTo.slice(0, 1)),
      ...newest.map(({ messageId }) => messageId),
      ...newest.flatMap(({ references }) => references.slice(-3)),
    ].flatMap((id) => (id !== null && isHonest(id) ? id : [])),
  );
  const keys: Token[][] = [];
  let bytes = 0;
  for (const id of [...ids].slice(0, mostIds)) {
    // A copy of what is here is not looked for.
    const fields = own.has(id) ? ['References', 'In-Reply-To'] : ['References', 'In-Reply-To', 'Message-ID'];
    bytes += fields.length * (id.length + 26);
    if (bytes > mostBytes) break;
    keys.push(...fields.map((field) => [atom('HEADER'), text(field), text(`<${id}>`)]));
  }
  return keys.length === 0 ? null : either(keys);
}
