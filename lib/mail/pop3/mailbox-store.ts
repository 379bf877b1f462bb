import type { MailboxRole } from '../model.ts';

/** A mailbox that lives here. `key` is random and never changes, so that a renamed mailbox keeps its id. */
export interface LocalMailbox {
  key: string;
  /** Null: at the root. */
  parentKey: string | null;
  name: string;
  role: MailboxRole | null;
  isSubscribed: boolean;
}

/** Where the mailboxes of POP3 accounts are kept; the Inbox is not among them. lib/store implements it over SQL. */
export interface MailboxStore {
  /** All of an account; the first time Drafts, Sent, Archive, Junk and Trash are made. */
  list(accountId: string): Promise<LocalMailbox[]>;
  /** Throws `conflict` where the parent has a mailbox of this name. */
  create(accountId: string, mailbox: { name: string; parentKey: string | null }): Promise<LocalMailbox>;
  /** Throws `conflict` as `create`. */
  rename(accountId: string, key: string, place: { name: string; parentKey: string | null }): Promise<void>;
  subscribe(accountId: string, key: string, isSubscribed: boolean): Promise<void>;
  /** Removes mailboxes. What is in them is in Trash from then on, whatever comes in at this moment. */
  remove(accountId: string, keys: string[]): Promise<void>;
}
