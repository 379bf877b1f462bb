/** A file that a person has added to what they write; it waits here until it is sent or forgotten. */
export interface UploadTable {
  id: string;
  account_id: string;
  /** SHA-256 of its bytes. */
  content: string;
  name: string;
  type: string;
  size_bytes: number;
  created_at_ms: number;
}

/**
 * - `held`: waits for its time (Undo, a date, or the next try).
 * - `sending`: a process talks to the server; nothing of the message was given yet.
 * - `committed`: the message goes out: should the process die now, nobody knows whether it was taken.
 * - `unknown`: the server was lost before it answered. The person decides.
 * - `refused`: the server's will. The person decides.
 * - `accepted`: taken; the copy in Sent is still to be made.
 * - `filed`: all done.
 */
export type SubmissionState = 'held' | 'sending' | 'committed' | 'unknown' | 'refused' | 'accepted' | 'filed';

/** A message on its way out. Its bytes are kept under `content` until it is filed. */
export interface SubmissionTable {
  id: string;
  account_id: string;
  state: SubmissionState;
  /** Of the message: one of them is on its way at a time. */
  message_id: string;
  /** Not before this; for `accepted`, when the copy is tried again. */
  due_at_ms: number;
  created_at_ms: number;
  changed_at_ms: number;
  content: string;
  size_bytes: number;
  is_8bit: number;
  /** JSON of the model's Envelope. */
  envelope: string;
  /** The Bcc field with its line end, for the copy in Sent. */
  bcc_field: string;
  /** JSON of what the Outbox shows: subject, to, cc, bcc. */
  about: string;
  /** JSON of what is done once it was taken: the draft that goes, the messages that get a keyword. */
  afterwards: string;
  /** The second half of the key of `sealed_secret`. */
  half: string;
  sealed_secret: Buffer;
  attempts: number;
  /** Of the last step that failed: the code, and the server's words. */
  problem: string | null;
  server_text: string | null;
  /** JSON of the model's RefusedRecipient[]. */
  refused: string;
  /** The process that works on it, until when. */
  lease_owner: string | null;
  lease_until_ms: number | null;
}

export interface SubmissionTables {
  upload: UploadTable;
  submission: SubmissionTable;
}
