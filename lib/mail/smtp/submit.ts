import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { MailLogin, ServerUrl } from '../driver.ts';
import { asMailError, MailError } from '../errors.ts';
import type { Envelope, RefusedRecipient } from '../model.ts';
import type { ConnectionTrace } from '../trace/trace.ts';
import { closeSession, defaultLimits, openSession, type SmtpLimits, type SmtpSession, step } from './connect.ts';
import { serverTextOf, translateError } from './translate-error.ts';

/** A message that is ready: CRLF line ends, no Bcc. */
export interface Submission {
  envelope: Envelope;
  /** Unique and printable: names the message in delivery reports (ENVID, RFC 3461 §4.4). */
  id: string;
  sizeBytes: number;
  /** Some of its bytes are above 127. */
  is8Bit: boolean;
  open(): Readable;
}

export interface SubmitOptions {
  signal: AbortSignal;
  /** Awaited when the server has taken the envelope and before the first byte of the message goes out: write it down. */
  onCommit(): Promise<void>;
  limits?: Partial<SmtpLimits>;
  /** Is told what the server can do (EHLO, RFC 5321 §4.1.1.1), once we were let in. */
  onExtensions?(extensions: ReadonlySet<string>): void;
  /** Is told what passes. */
  trace?: ConnectionTrace | undefined;
}

/**
 * Taken for `accepted`, and not for `refused`; or for nobody, by the names in `refused` (`notFound`, `busy`…; `unsupported`
 * where an address needs SMTPUTF8); or nobody knows, since the server was lost after the last byte.
 */
export type SubmitOutcome =
  | { kind: 'accepted'; accepted: string[]; refused: RefusedRecipient[]; serverText: string }
  | { kind: 'refused'; error: MailError; refused: RefusedRecipient[] }
  | { kind: 'unknown'; error: MailError };

/**
 * Hands a message to the submission server, once. Throws where it was surely not taken, for a reason that names nobody:
 * `retryAfterMs` is set where it may be tried again, else the server's will is final (`forbidden`, `tooLarge`…).
 */
export async function submitMessage(
  server: ServerUrl,
  login: MailLogin,
  submission: Submission,
  options: SubmitOptions,
): Promise<SubmitOutcome> {
  const session = await openSession(server, login, { ...defaultLimits, ...options.limits }, options);
  options.onExtensions?.(session.extensions);
  try {
    const foreign = foreignAmong(submission.envelope, session.extensions);
    checkSize(session, submission);
    const outcome = foreign.length > 0 ? withoutUtf8(foreign) : await send(session, submission, options);
    closeSession(session);
    return outcome;
  } catch (error) {
    session.connection.close();
    throw error;
  }
}

/** The addresses that this server cannot be told: their local part needs SMTPUTF8 (RFC 6531 §3.2); a domain has `xn--`. */
export function foreignAmong({ from, to }: Pick<Envelope, 'from' | 'to'>, extensions: ReadonlySet<string>): string[] {
  if (extensions.has('SMTPUTF8')) return [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the bounds of ASCII
  return [from, ...to].filter((email) => /[^\x00-\x7f]/.test(email.replace(/@[^@]*$/, '')));
}

const withoutUtf8 = (foreign: string[]): SubmitOutcome => ({
  kind: 'refused',
  error: new MailError('unsupported', 'the server has no SMTPUTF8 (RFC 6531)', { detail: foreign[0] ?? '' }),
  refused: foreign.map((email) => ({ email, serverText: '' })),
});

function checkSize({ maxSizeBytes }: SmtpSession, { sizeBytes }: Submission): void {
  if (maxSizeBytes !== null && sizeBytes > maxSizeBytes)
    throw new MailError('tooLarge', 'larger than the server takes', {
      detail: `${sizeBytes} of ${maxSizeBytes} bytes`,
    });
}

async function send(
  { connection }: SmtpSession,
  submission: Submission,
  { signal, onCommit }: SubmitOptions,
): Promise<SubmitOutcome> {
  const { envelope, id, sizeBytes, is8Bit } = submission;
  let isCommitted = false;
  let isWhole = false;
  let unread: { error: unknown } | null = null;
  async function* content() {
    try {
      // Read only once the server has said 354: until here nothing was given.
      await onCommit();
      isCommitted = true;
      yield* submission.open() as AsyncIterable<Buffer>;
      isWhole = true;
    } catch (error) {
      // nodemailer writes a code of its own on what it is given.
      unread = { error: asMailError(error) };
      throw new Error('the message could not be read', { cause: error });
    }
  }
  const stream = Readable.from(content(), { objectMode: false });
  const onAbort = () => {
    // Once all of it is out, only the answer can tell what became of it.
    if (!isWhole) connection.close();
  };
  signal.addEventListener('abort', onAbort);
  try {
    const info = await step<Sent>(connection, signal, (done) =>
      connection.send(
        {
          from: envelope.from,
          to: envelope.to,
          size: sizeBytes,
          use8BitMime: is8Bit,
          ...(envelope.wantsDeliveryReport ? { dsn: { id, return: 'headers', notify: ['failure', 'success'] } } : {}),
        },
        stream,
        done,
      ),
    );
    if (!isWhole) {
      // It answers what was not said yet: nobody knows what it has.
      connection.close();
      return { kind: 'unknown', error: new MailError('protocol', 'an answer came before the message was whole') };
    }
    return {
      kind: 'accepted',
      accepted: info?.accepted ?? [],
      refused: (info?.rejectedErrors ?? []).map(translateRefusal),
      serverText: serverTextOf(info?.response),
    };
  } catch (error) {
    if (unread !== null) throw (unread as { error: unknown }).error;
    if (isWhole && !isAnswered(error)) return { kind: 'unknown', error: translateError(error) };
    if (isCommitted || !hasRefusals(error)) throw error;
    return nobodyTaken(error);
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (!stream.destroyed) {
      stream.destroy();
      await once(stream, 'close');
    }
  }
}

/** What nodemailer gives of a message that was taken. */
interface Sent {
  accepted: string[];
  rejectedErrors?: Refusal[] | undefined;
  response: string;
}

interface Refusal {
  recipient?: string | undefined;
  response?: string | undefined;
}

const translateRefusal = ({ recipient = '', response }: Refusal): RefusedRecipient => ({
  email: recipient,
  serverText: serverTextOf(response),
});

/** The server itself said no: then it is no mystery what became of the message. */
const isAnswered = (error: unknown): boolean => causeOf(error)?.responseCode !== undefined;

const hasRefusals = (error: unknown): boolean => (causeOf(error)?.rejectedErrors?.length ?? 0) > 0;

/** Every recipient was refused. */
function nobodyTaken(error: unknown): SubmitOutcome {
  const { code, message, serverText, retryAfterMs } = translateError(error);
  const told = new MailError(code === 'forbidden' ? 'notFound' : code, message, {
    cause: error,
    ...(serverText === undefined ? {} : { serverText }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
  return { kind: 'refused', error: told, refused: (causeOf(error)?.rejectedErrors ?? []).map(translateRefusal) };
}

function causeOf(error: unknown): { responseCode?: number; rejectedErrors?: Refusal[] } | null {
  const cause: unknown = error instanceof MailError ? error.cause : error;
  return cause !== null && typeof cause === 'object' ? cause : null;
}
