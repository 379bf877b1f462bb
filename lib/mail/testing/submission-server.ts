import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
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

export interface SubmissionServerOptions {
  login?: { username: string; password: string };
  /** Delivers into a Dovecot over LMTP, so that mail really arrives. */
  lmtpPort?: number;
  /** Recipients that are refused, with the reply. */
  refuse?: Record<string, { code: number; text: string }>;
  /** The reply after the message, in place of 250. */
  afterData?: () => { code: number; text: string } | null;
  /** Told of each step before it is answered, `taken` once the message was delivered. */
  onStep?: (step: SubmissionStep) => Promise<void>;
  /** More of smtp-server's own. */
  options?: SMTPServerOptions;
}

export interface SubmissionServer {
  url: ServerUrl;
  received: Received[];
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
    authMethods: ['PLAIN', 'LOGIN', 'CRAM-MD5'],
    disableReverseLookup: true,
    logger: false,
    onConnect: (_session, callback) => void onStep('connect').then(() => callback()),
    onMailFrom: (_address, _session, callback) => void onStep('mail').then(() => callback()),
    onAuth(auth, _session, callback) {
      const isRight =
        auth.username === login.username &&
        (auth.method === 'CRAM-MD5' ? auth.validatePassword(login.password) : auth.password === login.password);
      void onStep('auth').then(() => {
        if (isRight) callback(null, { user: login.username });
        else callback(replying(535, '5.7.8 no such login'));
      });
    },
    onRcptTo({ address }, _session, callback) {
      const refusal = refuse[address];
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
          await deliver(lmtpPort, mailFrom === false ? '' : mailFrom.address, to, raw);
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
      ca: cert,
    },
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function deliver(port: number | undefined, from: string, to: string[], raw: Buffer): Promise<void> {
  if (port === undefined) return;
  const transport = createTransport({ host: '127.0.0.1', port, lmtp: true, ignoreTLS: true });
  await transport.sendMail({ envelope: { from, to }, raw });
  transport.close();
}

const replying = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });
