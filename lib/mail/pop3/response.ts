import { MailError, type MailErrorCode } from '../errors.ts';

/** A status line, parsed: `+OK`, `-ERR`, or the `+ ` of a SASL exchange (RFC 5034 §4). */
export interface Status {
  kind: 'ok' | 'error' | 'continuation';
  /** The extended response code in upper case, without its brackets (RFC 2449 §8). */
  responseCode: string | null;
  text: string;
}

/** Parses a status line without its CRLF, bytes as latin1. Throws `protocol` for anything else. */
export function parseStatus(line: string): Status {
  const match = /^(\+OK|-ERR)(?:[ \t]+(?:\[([^\]]*)\][ \t]*)?(.*))?$/is.exec(line);
  if (match) {
    const kind = match[1]?.toUpperCase() === '+OK' ? 'ok' : 'error';
    return { kind, responseCode: match[2]?.toUpperCase() ?? null, text: match[3] ?? '' };
  }
  if (/^\+(?: |$)/.test(line)) return { kind: 'continuation', responseCode: null, text: line.slice(2) };
  throw new MailError('protocol', 'the server answered neither +OK nor -ERR');
}

/** What `-ERR` without a code that we know means where it was said. */
export type Refusal = 'greeting' | 'login' | 'message' | 'command' | 'session';

const byPlace: Record<Refusal, { code: MailErrorCode; retryAfterMs?: number }> = {
  greeting: { code: 'busy', retryAfterMs: 30_000 },
  login: { code: 'unauthenticated' },
  message: { code: 'notFound' },
  command: { code: 'protocol' },
  session: { code: 'unreachable' },
};

/** Extended response codes: IN-USE and LOGIN-DELAY (RFC 2449 §8.1), SYS and AUTH (RFC 3206 §4), UTF8 (RFC 6856 §5). */
const byResponseCode: Record<string, { code: MailErrorCode; retryAfterMs?: number }> = {
  'IN-USE': { code: 'busy', retryAfterMs: 30_000 },
  'LOGIN-DELAY': { code: 'throttled', retryAfterMs: 60_000 },
  AUTH: { code: 'unauthenticated' },
  'SYS/TEMP': { code: 'unreachable', retryAfterMs: 60_000 },
  'SYS/PERM': { code: 'unreachable' },
  UTF8: { code: 'unsupported' },
};

/** The error that a `-ERR` to `verb` is; the server's own words go with it, one line, bounded. */
export function refusalOf(status: Status, verb: string, place: Refusal): MailError {
  const coded = byResponseCode[status.responseCode ?? ''] ?? byResponseCode[status.responseCode?.split('/')[0] ?? ''];
  // Of one message a code says no more than that the server does not give it: the others are asked for all the same.
  const known = place === 'message' ? undefined : coded;
  const { code, retryAfterMs } = known ?? byPlace[place];
  return new MailError(code, `${verb} was refused${status.responseCode ? ` [${status.responseCode}]` : ''}`, {
    serverText: printable(status.text),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** Whether `error` is a `-ERR` to a command that the server need not know, and not a broken answer or connection. */
export const isUnknownCommand = (error: unknown): boolean =>
  error instanceof MailError && error.code === 'protocol' && error.serverText !== undefined;

/** Server text is latin1 so far; as UTF-8 where it is that, without control characters, 300 characters at most. */
function printable(text: string): string {
  const utf8 = Buffer.from(text, 'latin1').toString('utf8');
  const words = utf8.includes('\uFFFD') ? text : utf8;
  return words.replace(/\p{C}/gu, ' ').trim().slice(0, 300);
}
