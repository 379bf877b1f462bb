import { mailboxIdOf } from '../ids.ts';
import type { MailboxChange } from '../model.ts';
import type { Account, Held } from './pool-types.ts';
import { rememberFlags } from './read-flags.ts';

/** Tells all who watch the account that something has changed in a mailbox. */
export function tellListeners(account: Account, path: string, kind: MailboxChange['kind']): void {
  for (const listen of account.listeners) listen({ mailboxId: mailboxIdOf(path), kind });
}

/** Tells all who watch the account that its folders are, or may be, others than they were. */
export function tellMailboxes(account: Account): void {
  for (const listen of account.mailboxListeners) listen();
}

/** Turns what the server tells unasked (EXISTS, EXPUNGE, FETCH FLAGS; RFC 9051 §7.4, §7.5) into changes. */
export function tellChanges(held: Held): void {
  const { client, account } = held;
  const tell = (path: string, kind: MailboxChange['kind']) => tellListeners(account, path, kind);
  client.on('exists', ({ path, count, prevCount }) => {
    held.changes += 1;
    if (count > prevCount) held.hasArrivals = true;
    tell(path, count > prevCount ? 'created' : 'destroyed');
  });
  client.on('expunge', ({ path }) => {
    held.changes += 1;
    tell(path, 'destroyed');
  });
  client.on('flags', ({ path, seq, flags, modseq }) => {
    rememberFlags(held, { seq, flags: [...(flags ?? [])], modSeq: modseq ?? null });
    tell(path, 'updated');
  });
}
