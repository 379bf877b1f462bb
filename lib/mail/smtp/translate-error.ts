import { MailError, type MailErrorCode } from '../errors.ts';

/** What nodemailer and Node put on the errors that they give. */
interface WireError {
  code?: string;
  message?: string;
  /** The SMTP reply: its number, and all of it. */
  responseCode?: number;
  response?: string;
  command?: string;
  cause?: unknown;
}

/** Replies whose number alone says what is wrong (RFC 5321 §4.2.3, RFC 4954 §6, RFC 6531 §3.5). */
const byReply: Record<number, MailErrorCode> = {
  421: 'busy',
  432: 'unauthenticated',
  450: 'busy',
  451: 'busy',
  452: 'busy',
  454: 'busy',
  530: 'unauthenticated',
  534: 'unauthenticated',
  535: 'unauthenticated',
  538: 'insecure',
  552: 'tooLarge',
};

/** Enhanced status codes (RFC 3463, RFC 5248), by subject and detail: they say more than the number. */
const byStatus: Record<string, MailErrorCode> = {
  '1.10': 'notFound',
  '2.2': 'overQuota',
  '2.3': 'tooLarge',
  '3.4': 'tooLarge',
  '4.5': 'busy',
  '6.7': 'unsupported',
  '7.0': 'forbidden',
  '7.1': 'forbidden',
  '7.8': 'unauthenticated',
  '7.9': 'unauthenticated',
  '7.11': 'insecure',
};

const bySystemCode: Record<string, MailErrorCode> = {
  ETIMEDOUT: 'timeout',
  EDNS: 'unreachable',
  ESOCKET: 'unreachable',
  ECONNECTION: 'unreachable',
  EPROTOCOL: 'protocol',
  EAUTH: 'unauthenticated',
  EABORT: 'cancelled',
};

/** So long a refusal for now is waited out where the server names no time. */
const againMs = 60_000;
const certificate = /certificate|self.signed|altname|CERT_|UNABLE_TO_/i;

/** What a failed submission means, with the server's own words. `retryAfterMs` is set where trying again makes sense. */
export function translateError(error: unknown): MailError {
  if (error instanceof MailError) return error;
  const wire: WireError = error && typeof error === 'object' ? error : {};
  const code = codeOf(wire);
  const text = serverTextOf(wire.response);
  return new MailError(code, `${wire.command ?? 'the submission'} failed: ${wire.message ?? String(error)}`, {
    cause: error,
    ...(text === '' ? {} : { serverText: text }),
    ...(isTransient(wire, code) ? { retryAfterMs: againMs } : {}),
  });
}

/** The words of a reply without its numbers, one line, 500 characters at most. */
export function serverTextOf(response: string | undefined): string {
  const lines = (response ?? '').split(/\r?\n/).map((line) => line.replace(/^\d{3}[ -](\d\.\d{1,3}\.\d{1,3} )?/, ''));
  return lines
    .join(' ')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 500);
}

function codeOf({ code = '', message = '', responseCode = 0, response = '' }: WireError): MailErrorCode {
  if (code === 'ETLS') return certificate.test(message) ? 'certificate' : 'insecure';
  if (responseCode >= 400) {
    const status = /^\d{3}[ -][245]\.(\d{1,3}\.\d{1,3})/.exec(response)?.[1] ?? '';
    // 454 and 5xx to AUTH without a number of their own are about the sign-in.
    if (code === 'EAUTH') return responseCode < 500 ? 'busy' : 'unauthenticated';
    return byStatus[status] ?? byReply[responseCode] ?? (responseCode < 500 ? 'busy' : 'forbidden');
  }
  if (code === 'ESOCKET' && certificate.test(message)) return 'certificate';
  return bySystemCode[code] ?? 'protocol';
}

function isTransient({ responseCode = 0 }: WireError, code: MailErrorCode): boolean {
  if (responseCode >= 400) return responseCode < 500;
  return code === 'unreachable' || code === 'timeout';
}
