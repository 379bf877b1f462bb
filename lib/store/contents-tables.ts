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

/** The rows that hold bytes of messages, where the database does. */
export interface ContentsTables {
  maildrop_content: MaildropContentTable;
  maildrop_chunk: MaildropChunkTable;
}
