import type { ImapAttribute, MailboxObject } from 'imapflow';
import type { MailboxChange } from '../model.ts';
import type { Notified } from './pool-types.ts';
import { listOf, textOf } from './wire.ts';

/** Folders of which is known what STATUS said last; beyond it is begun anew. */
const maxKnown = 20_000;

/**
 * Keeps what a STATUS line says of a mailbox, which may be a part (RFC 5465 §5); gives what has changed by it, null where it
 * says nothing new. `unknown` where too little was known before, or the mailbox has begun anew.
 */
export function keepStatus(
  known: Notified,
  path: string,
  items: ImapAttribute | undefined,
): MailboxChange['kind'] | null {
  const before = known.get(path);
  const now = new Map(before);
  const words = listOf(items) ?? [];
  let isNews = false;
  for (let at = 0; at + 1 < words.length; at += 2) {
    const name = textOf(words[at])?.toUpperCase();
    const value = textOf(words[at + 1]);
    if (name === undefined || value === null || !counted.has(name)) continue;
    isNews ||= now.get(name) !== value;
    now.set(name, value);
  }
  if (known.size >= maxKnown && before === undefined) known.clear();
  known.set(path, now);
  return isNews ? kindOf(before, now) : null;
}

const counted = new Set(['MESSAGES', 'UIDNEXT', 'UIDVALIDITY', 'UNSEEN', 'HIGHESTMODSEQ']);

function kindOf(
  before: ReadonlyMap<string, string> | undefined,
  now: ReadonlyMap<string, string>,
): MailboxChange['kind'] {
  const was = (name: string) => Number(before?.get(name) ?? Number.NaN);
  const is = (name: string) => Number(now.get(name) ?? Number.NaN);
  if (is('UIDVALIDITY') !== was('UIDVALIDITY')) return 'unknown';
  if (is('UIDNEXT') > was('UIDNEXT')) return 'created';
  if (is('MESSAGES') < was('MESSAGES')) return 'destroyed';
  return is('MESSAGES') === was('MESSAGES') ? 'updated' : 'unknown';
}

/**
 * Keeps what is known of the selected mailbox, of which STATUS tells nothing (RFC 5465 §5.2): each that `came` has a UID of
 * its own, what is unread is not known.
 */
export function keepSelected(
  known: Notified,
  { path, exists, uidValidity, uidNext }: Pick<MailboxObject, 'path' | 'exists' | 'uidValidity' | 'uidNext'>,
  came = 0,
): void {
  const before = Number(known.get(path)?.get('UIDNEXT') ?? uidNext) + Math.max(0, came);
  known.set(
    path,
    new Map([
      ['UIDVALIDITY', String(uidValidity)],
      ['UIDNEXT', String(Math.max(before, uidNext))],
      ['MESSAGES', String(exists)],
    ]),
  );
}
