import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import { SMTPServer, type SMTPServerAuthentication, type SMTPServerOptions } from 'smtp-server';
import type { ServerUrl } from '../driver.ts';
import { testCertificate } from './certificate.ts';

/** What a client handed over, as it came. */
export interface Received {
  from: string;
  to: string[];
  raw: Buffer;
  /** The words behind MAIL FROM: SIZE, BODY, SMTPUTF8, RET, ENVID. */
  parameters: Record<string, string | boolean>;
  login: string | null;
}

export type SubmissionStep = 'connect' | 'auth' | 'mail' | 'rcpt' | 'data' | 'whole' | 'taken';

export interface Reply {
  code: number;
  text: string;
}

export interface SubmissionServerOptions {
  /** Who is let in. Where others are asked, they must be told the password: then there is no CRAM-MD5. */
  login?: { username: string; password: string } | ((username: string, password: string) => Promise<boolean>);
  /** Delivers into a Dovecot over LMTP, so that mail really arrives; which one may depend on the recipient. */
  lmtpPort?: number | ((recipient: string) => number);
  /** Recipients that are refused, with the reply. */
  refuse?: Record<string, Reply> | ((recipient: string) => Reply | null);
  /** The reply after the message, in place of 250. */
  afterData?: () => Reply | null;
  /** Told of each step before it is answered, `taken` once the message was delivered. */
  onStep?: (step: SubmissionStep) => Promise<void>;
  /** More of smtp-server's own. */
  options?: SMTPServerOptions;
}

export interface SubmissionServer {
  url: ServerUrl;
  received: Received[];
  /** Breaks off every connection, in the middle of whatever it is in. */
  lose(): void;
  stop(): Promise<void>;
}

/** A real submission server on loopback: TLS from the first byte, AUTH, and what RFC 6409 expects. */
export async function startSubmissionServer({
  login = { username: 'ann@example.org', password: 'secret' },
  lmtpPort,
  refuse = {},
  afterData,
  onStep = async () => {},
  options = {},
}: SubmissionServerOptions = {}): Promise<SubmissionServer> {
  const { key, cert } = testCertificate();
  const received: Received[] = [];
  const server = new SMTPServer({
    secure: true,
    key,
    cert,
    authMethods: ['PLAIN', 'LOGIN', ...(typeof login === 'function' ? [] : ['CRAM-MD5'])],
    disableReverseLookup: true,
    logger: false,
    onConnect: (_session, callback) => void onStep('connect').then(() => callback()),
    onMailFrom: (_address, _session, callback) => void onStep('mail').then(() => callback()),
    onAuth(auth, _session, callback) {
      const { username } = auth;
      void onStep('auth')
        .then(() => isLetIn(login, auth))
        .then((isRight) => {
          if (isRight) callback(null, { user: username });
          else callback(replying(535, '5.7.8 no such login'));
        });
    },
    onRcptTo({ address }, _session, callback) {
      const refusal = typeof refuse === 'function' ? refuse(address) : refuse[address];
      void onStep('rcpt').then(() => (refusal ? callback(replying(refusal.code, refusal.text)) : callback()));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      const begun = onStep('data');
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        const reply = afterData?.() ?? null;
        if (reply !== null) return callback(replying(reply.code, reply.text));
        const raw = Buffer.concat(chunks);
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to,
          raw,
          parameters: (mailFrom === false ? {} : mailFrom.args || {}) as Received['parameters'],
          login: session.user ?? null,
        });
        const take = async () => {
          await begun;
          await onStep('whole');
          if (lmtpPort !== undefined) await deliver(lmtpPort, mailFrom === false ? '' : mailFrom.address, to, raw);
          await onStep('taken');
        };
        take().then(
          () => callback(null, 'taken'),
          (error: Error) => callback(replying(451, error.message)),
        );
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  const isTls = options.secure ?? true;
  return {
    url: {
      protocol: 'smtp',
      host: '127.0.0.1',
      port,
      security: isTls ? 'tls' : 'starttls',
      verifiesCertificate: true,
      ca: String(options.cert ?? cert),
    },
    received,
    lose() {
      const { connections } = server as unknown as { connections: Set<{ _socket: Socket }> };
      for (const { _socket } of connections) _socket.destroy();
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function isLetIn(
  login: NonNullable<SubmissionServerOptions['login']>,
  { username, method, password, validatePassword }: SMTPServerAuthentication,
): Promise<boolean> {
  if (typeof login === 'function') return await login(username ?? '', password ?? '');
  if (username !== login.username) return false;
  return method === 'CRAM-MD5' ? validatePassword(login.password) : password === login.password;
}

async function deliver(
  lmtpPort: NonNullable<SubmissionServerOptions['lmtpPort']>,
  from: string,
  to: string[],
  raw: Buffer,
): Promise<void> {
  const portOf = (recipient: string) => (typeof lmtpPort === 'function' ? lmtpPort(recipient) : lmtpPort);
  for (const port of new Set(to.map(portOf))) {
    const recipients = to.filter((recipient) => portOf(recipient) === port);
    const transport = createTransport({ host: '127.0.0.1', port, lmtp: true, ignoreTLS: true });
    await transport.sendMail({ envelope: { from, to: recipients }, raw });
    transport.close();
  }
}

const replying = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });
