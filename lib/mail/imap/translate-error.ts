import { MailError, type MailErrorCode } from '../errors.ts';

/** What imapflow and Node put on the errors that they throw. */
interface WireError {
  code?: string;
  message?: string;
  responseStatus?: string;
  responseText?: string;
  serverResponseCode?: string;
  authenticationFailed?: boolean;
  mailboxMissing?: boolean;
  tlsFailed?: boolean;
  reason?: string;
  response?: unknown;
}

/** Response codes of RFC 5530, 9051 §7.1, 5464 and 6154 in our words. */
const byResponseCode: Record<string, MailErrorCode> = {
  NONEXISTENT: 'notFound',
  TRYCREATE: 'notFound',
  ALREADYEXISTS: 'conflict',
  HASCHILDREN: 'conflict',
  OVERQUOTA: 'overQuota',
  NOPERM: 'forbidden',
  CANNOT: 'invalid',
  CLIENTBUG: 'invalid',
  TOOBIG: 'tooLarge',
  LIMIT: 'busy',
  INUSE: 'busy',
  UNAVAILABLE: 'busy',
  SERVERBUG: 'protocol',
  EXPUNGEISSUED: 'stale',
  AUTHENTICATIONFAILED: 'unauthenticated',
  AUTHORIZATIONFAILED: 'unauthenticated',
  EXPIRED: 'unauthenticated',
  PRIVACYREQUIRED: 'insecure',
  CONTACTADMIN: 'forbidden',
};

const bySystemCode: Record<string, MailErrorCode> = {
  CONNECT_TIMEOUT: 'timeout',
  GREETING_TIMEOUT: 'timeout',
  UPGRADE_TIMEOUT: 'timeout',
  ETIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  ETHROTTLE: 'throttled',
  LineTooLarge: 'tooLarge',
  LiteralTooLarge: 'tooLarge',
  ResponseTooLarge: 'tooLarge',
  TooManyTokens: 'tooLarge',
  TooManyResponses: 'tooLarge',
  InvalidStringValue: 'invalid',
  InvalidTokenValue: 'invalid',
  InvalidTextValue: 'invalid',
  InvalidSequenceSet: 'invalid',
  InvalidSearchQuery: 'invalid',
  InvalidMessageContent: 'invalid',
  UnexpectedTag: 'protocol',
  MissingTag: 'protocol',
  InvalidResponse: 'protocol',
  ResponseProcessingFailed: 'protocol',
  STARTTLS_INJECTION: 'insecure',
};

const lost = new Set([
  'NoConnection',
  'EConnectionClosed',
  'StateLogout',
  'ClosedAfterConnectText',
  'ClosedAfterConnectTLS',
  'NoMailboxSelected',
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
]);
const certificate =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;
const tooMany = /too many|maximum number of (user )?connections|connection limit|simultaneous/i;

/** Anything that imapflow or the socket throws, as the MailError that it means; the server's own words are kept. */
export function translateError(error: unknown): MailError {
  if (error instanceof MailError) return error;
  const wire: WireError = error && typeof error === 'object' ? error : {};
  const serverText = wire.responseText ?? wire.reason;
  return new MailError(codeOf(wire), wire.message ?? String(error), {
    cause: error,
    ...(serverText ? { serverText: oneLine(serverText) } : {}),
  });
}

/** Whether the connection went away under the command, so that its outcome is unknown. */
export function isLostConnection(error: unknown): boolean {
  const cause = error instanceof MailError ? error.cause : error;
  const code = cause && typeof cause === 'object' && 'code' in cause ? String(cause.code) : '';
  return lost.has(code);
}

/** Whether the server understood the command and would not, or did not understand it: NO or BAD (RFC 9051 §7.1). */
export function isRefusal(error: unknown): boolean {
  const { responseStatus } = error as WireError;
  return responseStatus === 'NO' || responseStatus === 'BAD';
}

function codeOf(wire: WireError): MailErrorCode {
  const said = `${wire.responseText ?? ''} ${wire.reason ?? ''}`;
  const responseCode = wire.serverResponseCode ?? codeOfResponse(wire.response);
  if (responseCode && byResponseCode[responseCode]) return byResponseCode[responseCode];
  if (tooMany.test(said)) return 'busy';
  if (wire.authenticationFailed) return wire.message === 'Login is disabled' ? 'insecure' : 'unauthenticated';
  if (wire.mailboxMissing) return 'notFound';
  const code = wire.code ?? '';
  if (certificate.test(code)) return 'certificate';
  if (wire.tlsFailed || code.startsWith('ERR_SSL_') || code === 'EPROTO') return 'insecure';
  if (bySystemCode[code]) return bySystemCode[code];
  if (code.startsWith('ParserError') || code === 'MAX_IMAP_NESTING_REACHED') return 'protocol';
  if (wire.responseStatus === 'NO') return codeOfRefusal(said);
  if (wire.responseStatus === 'BAD') return 'protocol';
  if (code) return 'unreachable';
  return 'internal';
}

/** Servers that send no response code say it in words. */
function codeOfRefusal(said: string): MailErrorCode {
  if (/quota/i.test(said)) return 'overQuota';
  if (/already exists/i.test(said)) return 'conflict';
  if (/(doesn't|does not) exist|no such|not found|unknown mailbox|nonexistent/i.test(said)) return 'notFound';
  return 'forbidden';
}

function codeOfResponse(response: unknown): string | null {
  const attributes: unknown =
    response && typeof response === 'object' && 'attributes' in response ? response.attributes : null;
  const first: unknown = Array.isArray(attributes) ? attributes[0] : null;
  const section: unknown = first && typeof first === 'object' && 'section' in first ? first.section : null;
  const token: unknown = Array.isArray(section) ? section[0] : null;
  const value: unknown = token && typeof token === 'object' && 'value' in token ? token.value : null;
  return typeof value === 'string' ? value.toUpperCase() : null;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 500);
