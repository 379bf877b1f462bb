import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Courier {
  host: '127.0.0.1';
  ports: { imap: number };
  stop(): Promise<void>;
}

/** Where Courier's programs are, unpacked by `unpack-courier.sh` or installed; null where they are not. */
export function findCourier(): string | null {
  const roots = [process.env.COURIER_ROOT ?? '/var/tmp/posthorn-courier', '/'];
  return roots.find((root) => existsSync(join(root, 'usr/lib/courier/courier/imaplogin'))) ?? null;
}

const isRoot = process.getuid?.() === 0;
const asNobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};
const capability = 'IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE';

/**
 * Starts a real Courier IMAP on loopback and a free port, as a plain user. Its login daemon wants a system account for
 * each person, so a small door of ours checks the password and hands the wire to `imapd`, as `imaplogin` would.
 */
export async function startCourier(users: { username: string; password: string }[]): Promise<Courier> {
  const root = findCourier();
  if (!root) throw new Error('Courier is not there: run lib/mail/testing/unpack-courier.sh');
  const directory = mkdtempSync(join(tmpdir(), 'posthorn-courier-'));
  chmodSync(directory, 0o755);
  const children = new Set<ChildProcess>();
  const monitorId = `posthorn${process.pid}${directory.slice(-6)}`;
  // Tells imapd what others change in a Maildir; without it each login waits for it for more than a second.
  const monitor = spawn(join(root, 'usr/libexec/gam_server'), ['--notimeout', monitorId], {
    ...asNobody,
    stdio: 'ignore',
    env: environmentOf(root, directory),
  });
  children.add(monitor);
  monitor.on('exit', () => children.delete(monitor));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    openDoor(socket, users, (username) => {
      const child = startImapd(root, homeOf(directory, username), monitorId);
      children.add(child);
      child.on('exit', () => {
        children.delete(child);
        socket.end();
      });
      return child;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    ports: { imap: (server.address() as AddressInfo).port },
    async stop() {
      for (const socket of sockets) socket.destroy();
      const ended = [...children].map((child) => new Promise((resolve) => child.once('exit', resolve)));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ended);
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function homeOf(directory: string, username: string): string {
  const home = join(directory, username);
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(home, 'Maildir', name), { recursive: true });
  if (isRoot) execFileSync('chown', ['-R', '65534:65534', home]);
  return home;
}

function startImapd(root: string, home: string, monitorId: string): ChildProcess {
  return spawn(join(root, 'usr/bin/imapd'), ['Maildir'], {
    ...asNobody,
    cwd: home,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      ...environmentOf(root, home),
      GAM_CLIENT_ID: monitorId,
      MAILDIR: 'Maildir',
      AUTHENTICATED: home,
      TCPREMOTEIP: '127.0.0.1',
      IMAP_CAPABILITY: capability,
      IMAP_KEYWORDS: '1',
      IMAP_USELOCKS: '1',
      IMAP_ENHANCEDIDLE: '1',
      IMAP_MAILBOX_SANITY_CHECK: '0',
    },
  });
}

function environmentOf(root: string, home: string): NodeJS.ProcessEnv {
  const libraries = ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'usr/lib'].map((path) =>
    join(root, path),
  );
  return { ...process.env, HOME: home, LD_LIBRARY_PATH: libraries.join(':') };
}

/** The part of the session before the login (RFC 9051 §3.1). */
function openDoor(
  socket: Socket,
  users: { username: string; password: string }[],
  enter: (username: string) => ChildProcess,
): void {
  let buffered = Buffer.alloc(0);
  socket.write(`* OK [CAPABILITY ${capability}] Courier-IMAP ready.\r\n`);
  const onData = (bytes: Buffer) => {
    buffered = Buffer.concat([buffered, bytes]);
    for (let end = buffered.indexOf('\r\n'); end >= 0; end = buffered.indexOf('\r\n')) {
      const [tag = '', command = '', ...rest] = buffered.subarray(0, end).toString().split(' ');
      buffered = buffered.subarray(end + 2);
      const [, username, password] = /^"(.*)" "(.*)"$/.exec(rest.join(' ')) ?? [];
      if (command === 'CAPABILITY') socket.write(`* CAPABILITY ${capability}\r\n${tag} OK CAPABILITY completed\r\n`);
      else if (command !== 'LOGIN') socket.write(`${tag} BAD not before the login\r\n`);
      else if (!users.some((user) => user.username === username && user.password === password))
        socket.write(`${tag} NO Login failed.\r\n`);
      else return handOver(socket, onData, enter(username ?? ''), tag);
    }
  };
  socket.on('data', onData);
}

/** `imapd` greets with PREAUTH, which stands for the tagged OK here. */
function handOver(socket: Socket, onData: (bytes: Buffer) => void, { stdin, stdout }: ChildProcess, tag: string): void {
  if (!stdin || !stdout) throw new Error('imapd has no wire');
  socket.off('data', onData);
  socket.pause();
  stdin.on('error', () => socket.destroy());
  stdout.once('data', () => {
    socket.write(`${tag} OK LOGIN Ok.\r\n`);
    stdout.pipe(socket);
    socket.pipe(stdin);
  });
}
