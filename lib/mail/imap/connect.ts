import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { MailLogin, ServerUrl } from '../driver.ts';
import { MailError } from '../errors.ts';
import { secureContextOf } from '../secure-context.ts';
import type { ConnectionTrace } from '../trace/trace.ts';
import { boundAnswers } from './bound-answers.ts';
import { isSafeText } from './safe-text.ts';
import { traceWire } from './trace-wire.ts';
import { translateError } from './translate-error.ts';
import { offerLines } from './wire.ts';

/** What went wrong below, in words that hold no secret, no command and no mail. */
export type ImapLog = (entry: { level: string; msg: string; error?: string }) => void;

/** An error in one line: imapflow's errors carry whole commands, with what people search for. */
export function lineOf(error: unknown): string {
  const code = error && typeof error === 'object' && 'code' in error ? `${String(error.code)}: ` : '';
  return `${code}${error instanceof Error ? error.message : String(error)}`.slice(0, 300);
}

export interface ConnectOptions {
  server: ServerUrl;
  login: MailLogin;
  log?: ImapLog | undefined;
  trace?: ConnectionTrace | undefined;
  /** From the first packet to the greeting, then for each step of signing in. */
  connectMs?: number | undefined;
  /** IDLE begins after this much quiet on a selected mailbox, and is renewed in time (RFC 2177). */
  idleDelayMs?: number | undefined;
}

const renewIdleMs = 4 * 60_000;
const mebibyte = 1024 * 1024;

/**
 * Signs in and gives a live connection. Throws `unauthenticated`, `unreachable`, `timeout`, `certificate`, `insecure`,
 * `busy` (the server's limit of connections). The secret never travels in clear unless the URL says so.
 */
export async function connectImap(options: ConnectOptions): Promise<ImapFlow> {
  const { server, login } = options;
  if (!isSafeText(login.username) || !isSafeText(login.password)) {
    throw new MailError('unauthenticated', 'control characters in the login');
  }
  const client = new ImapFlow(flowOptions(options));
  // Without a listener the error of one account would end the process.
  client.on('error', (error: Error) =>
    options.log?.({ level: 'warn', msg: 'imap connection failed', error: lineOf(error) }),
  );
  boundAnswers(client);
  offerLines(client);
  if (options.trace) traceWire(client, options.trace);
  const deadlineMs = (options.connectMs ?? 10_000) * 2;
  let isLate = false;
  const deadline = setTimeout(() => {
    isLate = true;
    client.close();
  }, deadlineMs);
  try {
    await client.connect();
    if (!client.secureConnection && server.security !== 'none') {
      throw new MailError('insecure', 'the connection is not encrypted');
    }
    if (client.greeting === undefined) {
      throw new MailError('insecure', 'the server let us in without asking who we are (PREAUTH)');
    }
  } catch (error) {
    client.close();
    if (isLate) throw new MailError('timeout', `not signed in within ${deadlineMs} ms`, { cause: error });
    throw translateError(error);
  } finally {
    clearTimeout(deadline);
  }
  // Paths are whole server paths here; imapflow would put the personal prefix before those of other namespaces.
  if (client.namespace) client.namespace = { ...client.namespace, prefix: '' };
  return client;
}

function flowOptions(options: ConnectOptions): ImapFlowOptions {
  const { server, login, log } = options;
  const connectMs = options.connectMs ?? 10_000;
  return {
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    ...(server.security === 'tls' ? {} : { doSTARTTLS: server.security === 'starttls' }),
    auth:
      server.secretIs === 'token'
        ? { user: login.username, accessToken: login.password }
        : { user: login.username, pass: login.password },
    tls: {
      rejectUnauthorized: server.verifiesCertificate,
      minVersion: 'TLSv1.2',
      // These options go to `net.connect` as well, where the connection begins without TLS.
      ...(server.lookup ? { lookup: server.lookup } : {}),
      ...(server.ca ? { secureContext: secureContextOf(server.ca) } : {}),
    },
    // Emptied, else imapflow tells its own version, vendor and address as ours (RFC 2971 §3.3).
    clientInfo: { name: 'Posthorn', version: '', vendor: '', 'support-url': '' },
    logger: false,
    emitLogs: false,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    // Only a watchdog behind our own deadlines; longer than the renewal of IDLE.
    socketTimeout: renewIdleMs + 60_000,
    maxIdleTime: renewIdleMs,
    autoIdleDelay: options.idleDelayMs ?? 1000,
    // A compressed answer could be a bomb, and costs 300 kB a connection.
    disableCompression: true,
    // Its reply changes what the rest of the session looks like; nothing here needs it.
    disableIMAP4rev2: true,
    // A million UIDs in one line.
    maxLineLength: 8 * mebibyte,
    maxLiteralSize: 64 * mebibyte,
    maxResponseSize: 96 * mebibyte,
    ...(log ? { logger: loggerOf(log) } : {}),
  };
}

function loggerOf(log: ImapLog): NonNullable<ImapFlowOptions['logger']> {
  const at = (level: string) => (entry: { msg?: unknown; err?: unknown; src?: unknown }) => {
    // With `src` the message is a line of the wire, which may be mail.
    const msg = typeof entry.msg === 'string' && !entry.src ? entry.msg : 'imap';
    log({ level, msg, ...(entry.err ? { error: lineOf(entry.err) } : {}) });
  };
  // Else it makes text of every command, once more for the log.
  const isLevelEnabled = (level: string) => level === 'warn' || level === 'error';
  const logger = {
    debug: () => undefined,
    info: () => undefined,
    warn: at('warn'),
    error: at('error'),
    isLevelEnabled,
  };
  return logger;
}
