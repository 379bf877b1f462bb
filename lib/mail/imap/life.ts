import { MailError } from '../errors.ts';
import type { ImapMessageRef } from '../ids.ts';
import type { Selected } from './with-imap.ts';

/** Throws `stale` where the mailbox has had another UIDVALIDITY than the id says (RFC 9051 §2.3.1.1). */
export function sameLife(selected: Selected, ref: ImapMessageRef): void {
  if (selected.uidValidity !== ref.uidValidity) throw new MailError('stale', 'the mailbox has begun anew since');
}
