import type { Generated } from 'kysely';

/** A message of a POP3 account; made by migrations/0004-local-mailboxes.ts. `row_id` is the order of arrival here. */
export interface MaildropMessageTable {
  row_id: Generated<number>;
  account_id: string;
  /** The server's unique-id or the digest in its stead; ` l<random>` where `is_own`, which no server can say. */
  uidl: string;
  mailbox_id: Generated<string>;
  /** What the server calls it now where that is not `uidl`; empty: not `uidl`, which it gave to another. */
  listed_as: Generated<string | null>;
  /** 1: born here, by an append or a copy; the server never had it. */
  is_own: Generated<number>;
  size_bytes: number;
  first_seen_at_ms: number;
  received_at_ms: number;
  /** Since when the server no longer lists it; null while it does. */
  missing_since_ms: number | null;
  /** When a DELE for it was last sent whose QUIT was not refused. */
  removal_sent_at_ms: Generated<number | null>;
  /** When the person deleted it for good. Hidden everywhere; the row stays while the server lists it. */
  deleted_at_ms: Generated<number | null>;
  /** SHA-256 of the bytes kept here; null when there are none. */
  content: Generated<string | null>;
  collected_at_ms: Generated<number | null>;
  /** The only home of $seen and $flagged. */
  is_seen: Generated<number>;
  is_flagged: Generated<number>;
  has_attachment: Generated<number>;
  message_id: Generated<string | null>;
  from_key: Generated<string | null>;
  subject_key: Generated<string | null>;
  /** See threads.ts; null where the header names no Message-ID or was not read. */
  thread_id: Generated<string | null>;
  /** JSON of lib/mail/pop3's MaildropHeader; null until it was read. */
  header: string | null;
  /** What of it maildrop_text holds: 0 nothing, 1 the header, 2 the whole text. */
  indexed: Generated<number>;
}

/** One keyword of one message: a row each, so that two clients that set different ones never undo each other. */
interface MaildropKeywordTable {
  row_id: number;
  keyword: string;
}

/** A Message-ID under a base subject, hashed, and the conversation that it is in. */
interface MaildropReferenceTable {
  account_id: string;
  key: string;
  thread_id: string;
}

/** What an account's person chose for the mail on the server, when it was last checked, and who is collecting it. */
export interface MaildropTable {
  account_id: string;
  retention: Generated<string>;
  retention_days: number | null;
  /** Of what the server listed last: the same digest, nothing to reconcile. */
  listing_digest: string | null;
  /** Counts what changes lists. */
  changes: Generated<number>;
  checked_at_ms: number | null;
  lease_owner: string | null;
  lease_until_ms: number | null;
}

/** A mailbox that lives here. The Inbox has no row. */
export interface MaildropMailboxTable {
  account_id: string;
  mailbox_id: string;
  parent_id: string | null;
  name: string;
  role: string | null;
  is_subscribed: Generated<number>;
}

/** The rows that POP3 accounts keep here. */
export interface MaildropTables {
  maildrop: MaildropTable;
  maildrop_mailbox: MaildropMailboxTable;
  maildrop_message: MaildropMessageTable;
  maildrop_keyword: MaildropKeywordTable;
  maildrop_reference: MaildropReferenceTable;
}
