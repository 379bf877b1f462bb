/** The closed list of what can go wrong with mail, true for every protocol. A new code must get a status and a sentence. */
export const mailErrorCodes = [
  /** The mail server refused the name or the password. */
  'unauthenticated',
  /** The mail server refuses the password of an account that was added, or none is kept that opens; the sign-in goes on. */
  'passwordRefused',
  /** Signed in, but the server does not allow this. */
  'forbidden',
  /** There is none of that name or id, or none any more. */
  'notFound',
  /** The id is of an earlier life of the mailbox (UIDVALIDITY changed); over POP3, of a message that was there and has gone. */
  'stale',
  /** The request itself is wrong. */
  'invalid',
  'conflict',
  /** The protocol or this server cannot do it. */
  'unsupported',
  'overQuota',
  /** Posthorn itself has no room to keep the message; the mail server still has it. */
  'storageFull',
  'tooLarge',
  /** Too many attempts; wait. */
  'throttled',
  /** Every connection is in use, or the maildrop is locked by another client; try again. */
  'busy',
  /** No connection to the mail server. */
  'unreachable',
  'timeout',
  /** The secret would travel, or did arrive, without TLS that can be trusted: nothing was sent. */
  'insecure',
  /** The certificate of the mail server is not valid for it. */
  'certificate',
  /** The server said something that is not in the protocol. */
  'protocol',
  /** The caller went away or asked to stop. */
  'cancelled',
  /** A fault of our own. */
  'internal',
] as const;

export type MailErrorCode = (typeof mailErrorCodes)[number];

interface MailErrorOptions {
  cause?: unknown;
  /** The server's own words, one line; shown to the person as a quote, never parsed. */
  serverText?: string;
  /** When trying again makes sense. */
  retryAfterMs?: number;
  /** What was at fault: a field, a mailbox, an id. */
  detail?: string;
}

/** The one error type of Posthorn. `message` is for the log; people read the sentence of the code. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly code: MailErrorCode;
  readonly serverText: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly detail: string | undefined;

  constructor(code: MailErrorCode, message: string, options: MailErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.serverText = options.serverText;
    this.retryAfterMs = options.retryAfterMs;
    this.detail = options.detail;
  }
}

/** Gives `error` itself when it is a MailError, else wraps it as `internal` with the cause kept for the log. */
export function asMailError(error: unknown): MailError {
  if (error instanceof MailError) return error;
  return new MailError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}
