/** A message's bytes in Postgres (migrations/0005-contents.ts). `hash` is null while they are being written. */
interface MaildropContentTable {
  upload_id: string;
  account_id: string;
  hash: string | null;
  size_bytes: number;
  stored_at_ms: number;
}

interface MaildropChunkTable {
  upload_id: string;
  number: number;
  bytes: Buffer;
}

/** Bytes of a small message, on both databases (migrations/0014-small-contents.ts). */
interface MaildropSmallContentTable {
  account_id: string;
  hash: string;
  stored_at_ms: number;
  bytes: Buffer;
}

/** The rows that hold bytes of messages. */
export interface ContentsTables {
  maildrop_small_content: MaildropSmallContentTable;
  maildrop_content: MaildropContentTable;
  maildrop_chunk: MaildropChunkTable;
}
