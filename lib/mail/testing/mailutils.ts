import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testCertificate } from './certificate.ts';
import { freePort } from './free-port.ts';

/** GNU Mailutils' POP3 server: mbox files, numbers that move up, X-UIDL and Status fields written into the mail. */
export interface Mailutils {
  host: '127.0.0.1';
  ports: { pop3: number; pop3s: number };
  /** PEM, for localhost and 127.0.0.1. */
  certificate: string;
  /** The name that `user` signs in with. */
  usernameOf(user: string): string;
  /** Appends messages to a user's mbox; line ends become LF, as a delivery agent makes them. */
  deliver(user: string, messages: (string | Buffer)[]): void;
  stop(): Promise<void>;
}

/** It gives up root's rights for `nobody`, and starts as no other user. */
const [uid, gid] = [65_534, 65_534];

/** Null where it can be started, else why not. Debian's package stands beside dovecot-pop3d without a conflict. */
export const missingMailutils: string | null = !existsSync('/usr/sbin/pop3d')
  ? 'GNU Mailutils is not tested: apt-get install mailutils-pop3d'
  : process.getuid?.() !== 0
    ? 'GNU Mailutils is not tested: its server starts as root only'
    : null;

const domain = 'mailutils.test';

/** Starts it from a generated configuration on free loopback ports, as root. */
export async function startMailutils(users: { user: string; password: string }[]): Promise<Mailutils> {
  const directory = mkdtempSync(join(tmpdir(), 'posthorn-mailutils-'));
  chmodSync(directory, 0o755);
  const certificate = testCertificate();
  writeFileSync(join(directory, 'cert.pem'), certificate.cert);
  writeFileSync(join(directory, 'key.pem'), certificate.key, { mode: 0o600 });
  mkdirSync(join(directory, 'domains'));
  const homeOf = (user: string) => join(directory, 'home', user);
  const lines = users.map(({ user, password }) => {
    mkdirSync(homeOf(user), { recursive: true });
    const hash = execFileSync('openssl', ['passwd', '-6', '-stdin'], { input: password, encoding: 'utf8' }).trim();
    return `${user}:${hash}:${uid}:${gid}::${homeOf(user)}:/bin/false\n`;
  });
  writeFileSync(join(directory, 'domains', domain), lines.join(''));
  const own = () => execFileSync('chown', ['-R', `${uid}:${gid}`, join(directory, 'home')]);
  own();
  const ports = { pop3: await freePort(), pop3s: await freePort() };
  writeFileSync(join(directory, 'pop3d.conf'), configOf(directory, ports), { mode: 0o600 });
  const child = await launch(directory, ports.pop3s);
  return {
    host: '127.0.0.1',
    ports,
    certificate: certificate.cert,
    usernameOf: (user) => `${user}@${domain}`,
    deliver(user, messages) {
      const entries = messages.map((message) => {
        const lines = Buffer.from(message).toString('latin1').replaceAll('\r\n', '\n').replace(/\n*$/, '\n');
        return `From ann@example.org Mon Nov  2 10:00:00 2026\n${lines.replace(/^From /gm, '>From ')}\n`;
      });
      appendFileSync(join(homeOf(user), 'INBOX'), entries.join(''), 'latin1');
      own();
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function configOf(directory: string, ports: Mailutils['ports']): string {
  const tls = `tls { ssl-certificate-file ${directory}/cert.pem; ssl-key-file ${directory}/key.pem; };`;
  return `mode daemon;
foreground yes;
pidfile ${directory}/pid;
max-children 40;
logging { syslog no; };
server 127.0.0.1:${ports.pop3} { tls-mode ondemand; ${tls} };
server 127.0.0.1:${ports.pop3s} { tls-mode connection; ${tls} };
virtdomain { passwd-dir ${directory}/domains; };
auth { authentication "clear"; authentication "generic"; authorization "clear"; authorization "virtdomain"; };
mailbox { mailbox-type mbox; };
`;
}

async function launch(directory: string, port: number): Promise<ChildProcess> {
  const output = openSync(join(directory, 'log'), 'a');
  const command = ['--config-file', join(directory, 'pop3d.conf')];
  const child = spawn('/usr/sbin/pop3d', command, { stdio: ['ignore', output, output] });
  closeSync(output);
  const deadline = Date.now() + 10_000;
  while (!(await listens(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`pop3d did not start, see ${directory}/log`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
