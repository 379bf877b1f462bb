/** Bounds that no server can talk us out of. Times in ms, sizes in bytes. */
export interface Pop3Limits {
  /** Reaching the server and finishing TLS. */
  connectMs: number;
  /** The longest silence while an answer is due. */
  answerMs: number;
  /** A whole request, from the moment it has the maildrop to the answer to QUIT. */
  requestMs: number;
  /** A search over bodies may take longer than a request; it tells its progress and can be cancelled. */
  searchMs: number;
  /** A search asks the server for new mail unless that was done so lately: else each letter typed would open a session. */
  freshMs: number;
  /** Waiting for the server to allow another sign-in (LOGIN-DELAY); what takes longer is `throttled`. */
  patienceMs: number;
  /** Waiting for another request of ours to let go of the same maildrop. */
  waitMs: number;
  /** A `+OK` or `-ERR` line. RFC 2449 §4 allows 512; real servers are chattier. */
  statusBytes: number;
  /** The whole answer to LIST, UIDL or CAPA. */
  listBytes: number;
  /** What is kept of an answer to TOP; the rest is read and dropped. */
  topBytes: number;
  /** A message; a larger one is `tooLarge`. */
  messageBytes: number;
}

export const defaultLimits: Pop3Limits = {
  connectMs: 10_000,
  answerMs: 30_000,
  requestMs: 120_000,
  searchMs: 900_000,
  freshMs: 10_000,
  patienceMs: 10_000,
  waitMs: 30_000,
  statusBytes: 8 * 1024,
  listBytes: 32 * 1024 * 1024,
  topBytes: 256 * 1024,
  messageBytes: 256 * 1024 * 1024,
};
