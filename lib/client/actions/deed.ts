import type { Mailbox } from '../../mail/model.ts';
import type { Mark } from './environment.ts';

/** A folder that was deleted, and the messages that were in it. */
export interface RemovedMailbox {
  mailbox: Mailbox;
  ids: string[];
}

/** By the mailbox that they were in: the ids that messages have now. */
export type Homes = (readonly [mailboxId: string, ids: readonly string[]])[];

/** What was done in an account, as data: what another page, or this one after a reload, needs to take it back. */
export type Deed = { accountId: string } & (
  | { type: 'moved'; to: Pick<Mailbox, 'name'>; homes: Homes }
  /** Into this account, from another. */
  | { type: 'transferred'; fromAccountId: string; to: Pick<Mailbox, 'name'>; homes: Homes }
  /** `opposite` is what takes the mark back. */
  | { type: 'keywords'; mark: Mark; opposite: Mark; ids: readonly string[] }
  | { type: 'destroyed'; ids: readonly string[] }
  | { type: 'removedMailbox'; name: string; removed: readonly RemovedMailbox[] }
);

/** The accounts that taking it back needs. */
export const accountsOf = (deed: Deed): string[] =>
  deed.type === 'transferred' ? [deed.accountId, deed.fromAccountId] : [deed.accountId];

/** How many messages they are about. */
export const sizeOf = (deeds: readonly Deed[]): number => deeds.reduce((sum, deed) => sum + sizeOfOne(deed), 0);

function sizeOfOne(deed: Deed): number {
  if (deed.type === 'moved' || deed.type === 'transferred')
    return deed.homes.reduce((sum, [, ids]) => sum + ids.length, 0);
  if (deed.type === 'removedMailbox') return deed.removed.reduce((sum, { ids }) => sum + ids.length, 0);
  return deed.ids.length;
}
