import type { Readable } from 'node:stream';

/** What was stored: its SHA-256 in hex, which is its name, and how many bytes it has. */
export interface StoredContent {
  hash: string;
  sizeBytes: number;
}

/**
 * Where the bytes of messages are kept whole; lib/store implements it over files or SQL. Every call is for one account,
 * and no account reaches another's. The same bytes stored twice are kept once.
 */
export interface MaildropContents {
  /**
   * Takes `source` to its end. When this resolves, the bytes outlive a power cut. Throws `storageFull` when there is no
   * room, and as `source` does; then nothing was kept.
   */
  put(accountId: string, source: Buffer | Readable | AsyncIterable<Buffer>): Promise<StoredContent>;
  /** The bytes from the start. The stream fails with `notFound` when there are none of this hash. */
  open(accountId: string, hash: string): Readable;
  /** How many bytes are really there now; null when there are none of this hash. */
  sizeOf(accountId: string, hash: string): Promise<number | null>;
  remove(accountId: string, hash: string): Promise<void>;
  /**
   * Removes what no message names and is older than an hour. Gives how many. Looks through everything once a day, and
   * when a message was forgotten for good; else costs nothing.
   */
  sweep(accountId: string): Promise<number>;
}
