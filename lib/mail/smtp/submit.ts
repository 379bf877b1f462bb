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
  /** Is told what passes. */
  trace?: ConnectionTrace | undefined;
}

/** Taken for `accepted`, and not for `refused`; or nobody knows, since the server was lost after the last byte. */
export type SubmitOutcome =
  | { kind: 'accepted'; accepted: string[]; refused: RefusedRecipient[]; serverText: string }
  | { kind: 'unknown'; error: MailError };

/**
 * Hands a message to the submission server, once. Throws where it was surely not taken: `retryAfterMs` is set where it
 * may be tried again, else the server's will is final (`forbidden`, `tooLarge`, `notFound` where no recipient was taken…).
 */
export async function submitMessage(
  server: ServerUrl,
  login: MailLogin,
  submission: Submission,
  options: SubmitOptions,
): Promise<SubmitOutcome> {
  const session = await openSession(server, login, { ...defaultLimits, ...options.limits }, options);
  try {
    checkCapable(session, submission);
    const outcome = await send(session, submission, options);
    closeSession(session);
    return outcome;
  } catch (error) {
    session.connection.close();
    throw error;
  }
}

function checkCapable({ extensions, maxSizeBytes }: SmtpSession, { envelope, sizeBytes }: Submission): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the bounds of ASCII
  const foreign = [envelope.from, ...envelope.to].find((email) => /[^\x00-\x7f]/.test(email.replace(/@[^@]*$/, '')));
  if (foreign !== undefined && !extensions.has('SMTPUTF8'))
    throw new MailError('unsupported', 'the server has no SMTPUTF8 (RFC 6531)', { detail: foreign });
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
    return {
      kind: 'accepted',
      accepted: info?.accepted ?? [],
      refused: (info?.rejectedErrors ?? []).map(translateRefusal),
      serverText: serverTextOf(info?.response),
    };
  } catch (error) {
    if (unread !== null) throw (unread as { error: unknown }).error;
    if (isWhole && !isAnswered(error)) return { kind: 'unknown', error: translateError(error) };
    throw isCommitted || !hasRefusals(error) ? error : nobodyTaken(error);
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

/** Every recipient was refused: all of their names go with the error. */
function nobodyTaken(error: unknown): MailError {
  const { code, message, serverText, retryAfterMs } = translateError(error);
  const names = (causeOf(error)?.rejectedErrors ?? []).map(({ recipient }) => recipient ?? '');
  return new MailError(code === 'forbidden' ? 'notFound' : code, message, {
    cause: error,
    detail: names.join(', ').slice(0, 1_000),
    ...(serverText === undefined ? {} : { serverText }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function causeOf(error: unknown): { responseCode?: number; rejectedErrors?: Refusal[] } | null {
  const cause: unknown = error instanceof MailError ? error.cause : error;
  return cause !== null && typeof cause === 'object' ? cause : null;
}
