import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configOf, isRoot, mailGid, mailUid } from './dovecot-config.ts';
import { freePort } from './free-port.ts';

export interface DovecotOptions {
  users: { username: string; password: string }[];
  /** `slash`: no prefix, "/" between names. `inboxDot`: everything under `INBOX.` as Courier and Cyrus have it. */
  namespace?: 'slash' | 'inboxDot';
  maxUserIpConnections?: number;
  /** SPECIAL-USE folders made and subscribed at the first sign-in; none by default. */
  specialUse?: Record<string, string>;
  /** Removes these words from the CAPABILITY that is offered, to play a poorer server. */
  withoutCapabilities?: string[];
  /** More lines of dovecot.conf, at the end. */
  extraConfig?: string;
  /** Names that its certificate is for, beside localhost. */
  names?: string[];
  /** A folder to keep mail in; a temporary one, removed by stop(), by default. */
  directory?: string;
}

export interface Dovecot {
  host: '127.0.0.1';
  ports: { imap: number; imaps: number; pop3: number; pop3s: number; lmtp: number };
  /** The self-signed certificate (for localhost and 127.0.0.1) that a client may be told to trust. */
  certificatePath: string;
  directory: string;
  /** The Maildir of a user, as a path; parents exist. */
  maildirOf(username: string): string;
  /** Gives files written by the caller below a Maildir to the user that Dovecot reads mail as. */
  own(path: string): void;
  restart(): Promise<void>;
  /** Ends the server, its sessions too, and starts nothing again. */
  halt(): Promise<void>;
  log(): string;
  /** Kills with -9 the process of one signed-in connection. Returns how many were killed. */
  killSessions(username: string): number;
  stop(): Promise<void>;
}

/** Starts a real Dovecot from a generated configuration, on loopback and free ports, as root or as a plain user. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'posthorn-dovecot-'));
  chmodSync(directory, 0o755);
  for (const name of ['run', 'state', 'home']) mkdirSync(join(directory, name), { recursive: true });
  if (isRoot) chownSync(join(directory, 'home'), mailUid, mailGid);
  const certificatePath = join(directory, 'cert.pem');
  if (!existsSync(certificatePath)) {
    const names = ['DNS:localhost', 'IP:127.0.0.1', ...(options.names ?? []).map((name) => `DNS:${name}`)];
    const subject = ['-subj', '/CN=localhost', '-addext', `subjectAltName=${names.join(',')}`];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'];
    execFileSync(
      'openssl',
      ['req', '-x509', ...curve, '-keyout', join(directory, 'key.pem'), '-out', certificatePath, ...subject],
      {
        stdio: 'ignore',
      },
    );
  }
  const [imap, imaps, pop3, pop3s, lmtp] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const ports = { imap, imaps, pop3, pop3s, lmtp };
  writeFileSync(join(directory, 'users'), options.users.map((user) => `${user.username}:${user.password}\n`).join(''));
  writeFileSync(join(directory, 'dovecot.conf'), configOf(directory, ports, options));

  const own = (path: string) => {
    if (isRoot) execFileSync('chown', ['-R', `${mailUid}:${mailGid}`, path]);
  };
  let child: ChildProcess | null = null;
  const start = async () => {
    child = launch(directory);
    await reachable(ports.imap, child, directory);
  };
  const halt = async () => {
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    child = null;
  };
  await start();
  return {
    host: '127.0.0.1',
    ports,
    certificatePath,
    directory,
    own,
    halt,
    maildirOf(username) {
      const home = join(directory, 'home', username);
      for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(home, 'Maildir', name), { recursive: true });
      own(home);
      return join(home, 'Maildir');
    },
    async restart() {
      await halt();
      await start();
    },
    log: () => readFileSync(join(directory, 'dovecot.log'), 'utf8'),
    killSessions(username) {
      const who = execFileSync('doveadm', ['-c', join(directory, 'dovecot.conf'), 'who', '-1', username], {
        encoding: 'utf8',
      });
      const pids = [...who.matchAll(/\s(\d+)\s+[\d.]+\s*$/gm)].map((match) => Number(match[1]));
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      return pids.length;
    },
    async stop() {
      await halt();
      if (!options.directory) rmSync(directory, { recursive: true, force: true });
    },
  };
}

function launch(directory: string): ChildProcess {
  // Output goes to a file: a pipe that nobody reads keeps the parent's npm alive after us.
  const output = openSync(join(directory, 'start.log'), 'a');
  const child = spawn('dovecot', ['-F', '-c', join(directory, 'dovecot.conf')], { stdio: ['ignore', output, output] });
  closeSync(output);
  return child;
}

async function reachable(port: number, child: ChildProcess, directory: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`dovecot did not start: ${readFileSync(join(directory, 'start.log'), 'utf8')}`);
    }
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
