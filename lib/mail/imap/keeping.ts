import type { MailboxObject } from 'imapflow';
import { MailError } from '../errors.ts';
import type { Keeping } from './pool-types.ts';

/** What a selected mailbox keeps; a server that does not say keeps everything (RFC 9051 §7.1, PERMANENTFLAGS). */
export function keepingOf({ readOnly, permanentFlags }: MailboxObject): Keeping {
  const maySet = readOnly !== true && permanentFlags?.size !== 0;
  return { maySet, mayMake: maySet && permanentFlags?.has('\\*') !== false };
}

/** Throws `unsupported` for flags that the mailbox cannot keep, `forbidden` where it is read-only: never silently lost. */
export function mustKeep(mailbox: MailboxObject, flags: readonly string[]): void {
  if (mailbox.readOnly) throw new MailError('forbidden', 'the mailbox is read-only');
  const permanent = mailbox.permanentFlags;
  if (!permanent || permanent.has('\\*')) return;
  const kept = new Set([...permanent].map((flag) => flag.toLowerCase()));
  const lost = flags.find((flag) => !kept.has(flag.toLowerCase()));
  if (lost) throw new MailError('unsupported', 'the server keeps no such keyword', { detail: lost });
}
