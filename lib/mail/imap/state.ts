import type { MessageSummary } from '../model.ts';
import type { Selected } from './with-imap.ts';

type Flagged = Pick<MessageSummary, 'id' | 'keywords'>;

/**
 * A word that differs whenever the list may: UIDVALIDITY, HIGHESTMODSEQ (RFC 7162), how many and the next UID. Without
 * CONDSTORE the flags of the rows stand in for the mod-sequence.
 */
export function stateOf({ mailbox, uidValidity }: Selected, items: readonly Flagged[]): string {
  const modseq =
    mailbox.highestModseq && !mailbox.noModseq ? mailbox.highestModseq.toString(36) : `f${flagsHash(items)}`;
  return [uidValidity.toString(36), modseq, mailbox.exists.toString(36), (mailbox.uidNext ?? 0).toString(36)].join('.');
}

/** FNV-1a, 32 bit. */
function flagsHash(items: readonly Flagged[]): string {
  let hash = 0x811c9dc5;
  for (const { id, keywords } of items) {
    for (const char of `${id} ${keywords.join(' ')};`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
