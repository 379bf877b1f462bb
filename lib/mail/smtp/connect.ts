import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';
import type { MailLogin, ServerUrl } from '../driver.ts';
import { MailError } from '../errors.ts';
import { secureContextOf } from '../secure-context.ts';
import type { ConnectionTrace } from '../trace/trace.ts';
import { innerOf } from './inner.ts';
import { traceWire } from './trace-wire.ts';
import { translateError } from './translate-error.ts';

/** How long a server may keep us waiting, in ms. */
export interface SmtpLimits {
  connectMs: number;
  /** Silence in the middle of a session. RFC 5321 §4.5.3.2 asks for up to ten minutes after DATA. */
  answerMs: number;
}

export const defaultLimits: SmtpLimits = { connectMs: 20_000, answerMs: 300_000 };

/** What a server said that it can do (EHLO, RFC 5321 §4.1.1.1) once we were let in. */
export interface SmtpSession {
  connection: SMTPConnection;
  extensions: ReadonlySet<string>;
  /** The largest message it takes (RFC 1870); null: it does not say. */
  maxSizeBytes: number | null;
}

/**
 * Opens a submission session (RFC 6409): TLS as `server.security` asks, the certificate checked, signed in. Nothing secret
 * is said before. Throws `unreachable`, `timeout`, `certificate`, `insecure`, `unauthenticated`, `busy`.
 */
export async function openSession(
  server: ServerUrl,
  login: MailLogin,
  limits: SmtpLimits,
  { signal, trace }: { signal: AbortSignal; trace?: ConnectionTrace | undefined },
): Promise<SmtpSession> {
  if (signal.aborted) throw cancelled();
  const socket = server.lookup === undefined ? {} : { connection: await openSocket(server, limits.connectMs, signal) };
  const connection = new SMTPConnection({
    ...socket,
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    // Not the name of this machine, which is nobody's business; RFC 5321 §4.1.3 has an address for those without a name.
    name: '[127.0.0.1]',
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.connectMs,
    socketTimeout: limits.answerMs,
    maxResponseSize: 64 * 1024,
    allowInternalNetworkInterfaces: true,
    tls: {
      ...(isIP(server.host) ? {} : { servername: server.host }),
      rejectUnauthorized: server.verifiesCertificate,
      minVersion: 'TLSv1.2',
      ...(server.ca === null ? {} : { secureContext: secureContextOf(server.ca) }),
    },
  });
  if (trace) traceWire(connection, trace);
  // What is told late has nobody to be told to, and must not end the process.
  connection.on('error', () => undefined);
  const onAbort = () => connection.close();
  signal.addEventListener('abort', onAbort);
  try {
    await step(connection, signal, (done) => connection.connect(done));
    const announced = announcedBy(connection);
    // A server that offers no AUTH on a wire that is safe takes mail by other rules: by where it comes from, for one.
    if (connection.allowsAuth) {
      const auth = authOf(server, login, announced.methods);
      await step<boolean>(connection, signal, (done) => connection.login(auth, done));
    }
    return { connection, ...announced };
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** For a server with a way of its own from name to address: nodemailer looks names up by itself, and remembers them for all. */
async function openSocket({ host, port, lookup }: ServerUrl, connectMs: number, signal: AbortSignal): Promise<Socket> {
  const timed = AbortSignal.any([signal, AbortSignal.timeout(connectMs)]);
  const socket = connect({ host, port, ...(lookup === undefined ? {} : { lookup }) });
  try {
    await once(socket, 'connect', { signal: timed });
    return socket;
  } catch (error) {
    socket.on('error', () => undefined).destroy();
    if (signal.aborted) throw cancelled();
    if (error instanceof MailError) throw error;
    const code = timed.aborted ? 'timeout' : 'unreachable';
    throw new MailError(code, 'no connection', { cause: error, retryAfterMs: 60_000 });
  }
}

/** Ends in order; that the server does not say goodbye changes nothing. */
export const closeSession = ({ connection }: SmtpSession): void => connection.quit();

/** On a plain wire, which the admin has allowed in words, a digest goes before the password itself. */
function authOf(server: ServerUrl, { username: user, password: pass }: MailLogin, methods: ReadonlySet<string>) {
  if (server.secretIs === 'token') return { user, oauth2: new XOAuth2({ user, accessToken: pass }) };
  const isDigest = server.security === 'none' && methods.has('CRAM-MD5');
  return { user, pass, ...(isDigest ? { method: 'CRAM-MD5' } : {}) };
}

/** One step of nodemailer's: by its callback, or by the event that it tells failures of the connection with. */
export function step<T>(
  connection: SMTPConnection,
  signal: AbortSignal,
  begin: (done: (error?: Error | null, value?: T) => void) => void,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      connection.off('error', onError).off('end', onEnd);
      act();
    };
    const fail = (error: unknown) => settle(() => reject(signal.aborted ? cancelled() : translateError(error)));
    const onError = (error: Error) => fail(error);
    const onEnd = () =>
      fail(new MailError('unreachable', 'the server closed the connection', { retryAfterMs: 60_000 }));
    connection.on('error', onError).on('end', onEnd);
    begin((error, value) => (error ? fail(error) : settle(() => resolve(value))));
  });
}

const cancelled = () => new MailError('cancelled', 'the submission was stopped');

function announcedBy(connection: SMTPConnection) {
  const { _supportedExtensions, _supportedAuth, _maxAllowedSize } = innerOf(connection);
  return {
    extensions: new Set(_supportedExtensions),
    methods: new Set(_supportedAuth),
    maxSizeBytes: _maxAllowedSize || null,
  };
}
