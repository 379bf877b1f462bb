import type { Mailbox } from '../../mail/model.ts';
import type { Mark } from './environment.ts';

/** A folder that was deleted, and the messages that were in it. */
export interface RemovedMailbox {
  mailbox: Mailbox;
  ids: string[];
}

/** What was done, as data: what another page, or this one after a reload, needs to take it back. */
export type Deed = { accountId: string } & (
  | /** By the mailbox that they were in: the ids that the messages have now. */
  { type: 'moved'; to: Pick<Mailbox, 'name'>; homes: (readonly [mailboxId: string, ids: readonly string[]])[] }
  /** `opposite` is what takes the mark back. */
  | { type: 'keywords'; mark: Mark; opposite: Mark; ids: readonly string[] }
  | { type: 'destroyed'; ids: readonly string[] }
  | { type: 'removedMailbox'; name: string; removed: readonly RemovedMailbox[] }
);

/** How many messages it is about. */
export function sizeOf(deed: Deed): number {
  if (deed.type === 'moved') return deed.homes.reduce((sum, [, ids]) => sum + ids.length, 0);
  if (deed.type === 'removedMailbox') return deed.removed.reduce((sum, { ids }) => sum + ids.length, 0);
  return deed.ids.length;
}
