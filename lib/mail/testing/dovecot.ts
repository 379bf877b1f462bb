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
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
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

const isRoot = process.getuid?.() === 0;
/** Mail belongs to `nobody` when the server runs as root: Dovecot refuses uid 0. */
const mailUid = isRoot ? 65_534 : (process.getuid?.() ?? 0);
const mailGid = isRoot ? 65_534 : (process.getgid?.() ?? 0);

function configOf(directory: string, ports: Dovecot['ports'], options: DovecotOptions): string {
  const me = userInfo().username;
  const login = isRoot
    ? ''
    : `default_internal_user = ${me}\ndefault_login_user = ${me}\ndefault_internal_group = ${me}\n`;
  const noChroot = ['imap-login', 'pop3-login', 'anvil', 'lmtp']
    .map((name) => `service ${name} {\n  chroot =\n}`)
    .join('\n');
  const special = Object.entries(options.specialUse ?? {})
    .map(([name, use]) => `  mailbox "${name}" {\n    auto = subscribe\n    special_use = ${use}\n  }`)
    .join('\n');
  const separator =
    options.namespace === 'inboxDot' ? '  separator = .\n  prefix = INBOX.\n' : '  separator = /\n  prefix =\n';
  const capability = options.withoutCapabilities
    ? `  imap_capability = ${reducedCapability(options.withoutCapabilities)}\n`
    : '';
  return `
base_dir = ${directory}/run
state_dir = ${directory}/state
log_path = ${directory}/dovecot.log
protocols = imap pop3 lmtp
listen = 127.0.0.1
${login}
mail_location = maildir:~/Maildir
mail_uid = ${mailUid}
mail_gid = ${mailGid}
first_valid_uid = ${mailUid}
first_valid_gid = ${mailGid}
mail_max_userip_connections = ${options.maxUserIpConnections ?? 100}
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
ssl = yes
ssl_cert = <${directory}/cert.pem
ssl_key = <${directory}/key.pem
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${directory}/users
}
userdb {
  driver = static
  args = uid=${mailUid} gid=${mailGid} home=${directory}/home/%u
}
namespace inbox {
  inbox = yes
${separator}${special}
}
service imap-login {
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = ${ports.pop3s}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${ports.lmtp}
  }
}
service stats {
  client_limit = 2000
}
service imap {
  process_limit = 1024
}
protocol imap {
${capability}  mail_max_userip_connections = ${options.maxUserIpConnections ?? 100}
}
protocol lmtp {
  auth_username_format = %u
}
pop3_uidl_format = %08Xu%08Xv
${noChroot}
${options.extraConfig ?? ''}
`;
}

/** What Dovecot 2.3 offers after sign-in, less some words. */
function reducedCapability(without: string[]): string {
  const all =
    'IMAP4rev1 LITERAL+ SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SNIPPET=FUZZY PREVIEW=FUZZY STATUS=SIZE SAVEDATE LITERAL+ NOTIFY SPECIAL-USE';
  return all
    .split(' ')
    .filter((word) => !without.includes(word))
    .join(' ');
}

/** Starts a real Dovecot from a generated configuration, on loopback and free ports, as root or as a plain user. */
export async function startDovecot(options: DovecotOptions): Promise<Dovecot> {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'posthorn-dovecot-'));
  chmodSync(directory, 0o755);
  for (const name of ['run', 'state', 'home']) mkdirSync(join(directory, name), { recursive: true });
  if (isRoot) chownSync(join(directory, 'home'), mailUid, mailGid);
  const certificatePath = join(directory, 'cert.pem');
  if (!existsSync(certificatePath)) {
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
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
