/** A message of a POP3 maildrop, by its unique-id; made by migrations/0002-maildrop.ts. */
export interface MaildropMessageTable {
  account_id: string;
  uidl: string;
  size_bytes: number;
  first_seen_at_ms: number;
  /** Since when the server no longer lists it; null while it does. */
  missing_since_ms: number | null;
  /** JSON of lib/mail/pop3's MaildropHeader; null until it was read. */
  header: string | null;
}

/** One keyword of one message: a row each, so that two clients that set different ones never undo each other. */
interface MaildropKeywordTable {
  account_id: string;
  uidl: string;
  keyword: string;
}

/** The rows that POP3 accounts keep here. */
export interface MaildropTables {
  maildrop_message: MaildropMessageTable;
  maildrop_keyword: MaildropKeywordTable;
}
