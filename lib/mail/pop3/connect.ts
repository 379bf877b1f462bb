import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { ServerUrl } from '../driver.ts';
import { MailError } from '../errors.ts';
import { secureContextOf } from '../secure-context.ts';
import type { ConnectionTrace } from '../trace/trace.ts';
import { createExchange, type Exchange } from './exchange.ts';
import type { Pop3Limits } from './limits.ts';

/** A connection that has greeted, and is as safe as `server.security` asks. */
export interface Connection {
  exchange: Exchange;
  /** The greeting's text; APOP finds its timestamp in it (RFC 1939 §7). */
  greeting: string;
}

/**
 * Opens a connection: TLS from the first byte, or by STLS (RFC 2595 §4) before anything else is said, or plain. Throws
 * `unreachable`, `timeout`, `certificate`, `insecure` (no TLS where it was asked for, or words slipped in before it), or
 * what a refusing greeting means.
 */
export async function openConnection(
  server: ServerUrl,
  limits: Pop3Limits,
  signal: AbortSignal,
  trace?: ConnectionTrace,
): Promise<Connection> {
  const socket = await openSocket(server, limits, signal);
  const exchange = createExchange(socket, limits, { greets: true, trace });
  try {
    const greeting = (await abortable(exchange, exchange.greeting, signal)).status.text;
    if (server.security !== 'starttls') return { exchange, greeting };
    const secured = await abortable(exchange, startTls(exchange, socket, server, limits, signal), signal);
    return { exchange: createExchange(secured, limits, { greets: false, trace }), greeting };
  } catch (error) {
    exchange.close(new MailError('cancelled', 'the connection was not wanted any more'));
    socket.destroy();
    throw error;
  }
}

function openSocket(server: ServerUrl, limits: Pop3Limits, signal: AbortSignal): Promise<Socket> {
  const { host, port, lookup } = server;
  const address = { host, port, ...(lookup === undefined ? {} : { lookup }) };
  const socket = server.security === 'tls' ? connectTls({ ...address, ...tlsOptions(server) }) : connectPlain(address);
  socket.setNoDelay(true);
  socket.setKeepAlive(true);
  return established(socket, server.security === 'tls' ? 'secureConnect' : 'connect', limits, signal);
}

async function startTls(exchange: Exchange, plain: Socket, server: ServerUrl, limits: Pop3Limits, signal: AbortSignal) {
  const answer = await exchange.send('STLS', { kind: 'handOver' }).catch((error: MailError) => {
    // A refusal by the server or by someone on the way who strips it; either way nothing secret may follow.
    if (error.code !== 'protocol') throw error;
    throw new MailError('insecure', 'the server does not offer TLS', {
      cause: error,
      ...(error.serverText === undefined ? {} : { serverText: error.serverText }),
    });
  });
  if (answer.bytes.length > 0) throw new MailError('insecure', 'words were slipped in before TLS began');
  return established(connectTls({ socket: plain, ...tlsOptions(server) }), 'secureConnect', limits, signal);
}

function tlsOptions(server: ServerUrl): ConnectionOptions {
  return {
    // Names only: an address is not allowed as a server name (RFC 6066 §3), the certificate is checked against it all the same.
    ...(isIP(server.host) ? { host: server.host } : { host: server.host, servername: server.host }),
    rejectUnauthorized: server.verifiesCertificate,
    minVersion: 'TLSv1.2',
    ...(server.ca === null ? {} : { secureContext: secureContextOf(server.ca) }),
  };
}

function established<S extends Socket>(socket: S, event: string, limits: Pop3Limits, signal: AbortSignal): Promise<S> {
  return new Promise((resolve, reject) => {
    const fail = (error: MailError) => {
      settle();
      socket.on('error', () => undefined).destroy();
      reject(error);
    };
    const onReady = () => {
      settle();
      resolve(socket);
    };
    const onError = (error: NodeJS.ErrnoException) => fail(connectErrorOf(error, event === 'secureConnect'));
    const onClose = () => fail(new MailError('unreachable', 'the server closed the connection'));
    const onAbort = () => fail(reasonOf(signal));
    const timer = setTimeout(
      () => fail(new MailError('unreachable', 'no connection within the time allowed')),
      limits.connectMs,
    );
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off(event, onReady).off('error', onError).off('close', onClose);
    };
    socket.once(event, onReady).once('error', onError).once('close', onClose);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}

const certificateFault = /CERT|SELF_SIGNED|UNABLE_TO_|ISSUER|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME/;

function connectErrorOf(error: NodeJS.ErrnoException, isTls: boolean): MailError {
  if (error instanceof MailError) return error;
  const code = error.code ?? '';
  if (isTls && certificateFault.test(code)) {
    return new MailError('certificate', `the certificate was refused (${code})`, { cause: error, detail: code });
  }
  if (isTls && /^(ERR_SSL|ERR_TLS|EPROTO)/.test(code)) {
    return new MailError('insecure', `TLS could not begin (${code})`, { cause: error });
  }
  return new MailError('unreachable', `no connection (${code})`, { cause: error });
}

/** Why `signal` was aborted, as a MailError: its reason where that is one, else `cancelled`. */
export function reasonOf(signal: AbortSignal): MailError {
  return signal.reason instanceof MailError ? signal.reason : new MailError('cancelled', 'the caller went away');
}

/** Waits for `work`; an abort of `signal` closes the connection without QUIT and rejects with the reason. */
export async function abortable<T>(exchange: Exchange, work: Promise<T>, signal: AbortSignal): Promise<T> {
  const onAbort = () => exchange.close(reasonOf(signal));
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  try {
    return await work;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
