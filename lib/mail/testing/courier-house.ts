import { type ChildProcess, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Courier's programs are, unpacked by `unpack-courier.sh` or installed; null where they are not. */
export function findCourier(program: 'imaplogin' | 'courierpop3d'): string | null {
  const roots = [process.env.COURIER_ROOT ?? '/var/tmp/posthorn-courier', '/'];
  return roots.find((root) => existsSync(join(root, 'usr/lib/courier/courier', program))) ?? null;
}

const isRoot = process.getuid?.() === 0;
export const asNobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};

/** A server on loopback that gives each client to `open`, and what it keeps: homes, sockets and processes. */
export interface CourierHouse {
  directory: string;
  port: number;
  homeOf(username: string): string;
  /** Ends with the server. */
  keep(child: ChildProcess): void;
  stop(): Promise<void>;
}

/**
 * Courier's login daemons want a system account for each person, so a small door of ours checks the password and hands
 * the wire to the process that serves the mailbox, as they would.
 */
export async function openHouse(open: (socket: Socket, house: CourierHouse) => void): Promise<CourierHouse> {
  const directory = mkdtempSync(join(tmpdir(), 'posthorn-courier-'));
  chmodSync(directory, 0o755);
  const children = new Set<ChildProcess>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    open(socket, house);
  });
  const house: CourierHouse = {
    directory,
    port: 0,
    homeOf(username) {
      const home = join(directory, username);
      for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(home, 'Maildir', name), { recursive: true });
      if (isRoot) execFileSync('chown', ['-R', '65534:65534', home]);
      return home;
    },
    keep(child) {
      children.add(child);
      child.on('exit', () => children.delete(child));
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      const ended = [...children].map((child) => new Promise((resolve) => child.once('exit', resolve)));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ended);
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true, force: true });
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  house.port = (server.address() as AddressInfo).port;
  return house;
}

export function environmentOf(root: string, home: string): NodeJS.ProcessEnv {
  const libraries = ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'usr/lib'].map((path) =>
    join(root, path),
  );
  return { ...process.env, HOME: home, LD_LIBRARY_PATH: libraries.join(':') };
}

/** Joins the client to the process once it speaks; `answer` stands for its greeting. */
export function handOver(socket: Socket, { stdin, stdout }: ChildProcess, answer: string): void {
  if (!stdin || !stdout) throw new Error('the process has no wire');
  socket.pause();
  stdin.on('error', () => socket.destroy());
  stdout.once('data', () => {
    socket.write(answer);
    stdout.pipe(socket);
    socket.pipe(stdin);
  });
}
