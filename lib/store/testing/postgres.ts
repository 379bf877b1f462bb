import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../mail/testing/free-port.ts';

export interface Postgres {
  /** postgres://…, of an empty database. */
  url: string;
  stop(): Promise<void>;
}

/** PostgreSQL refuses to run as root; then it runs as `nobody`. */
const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Starts Debian's PostgreSQL on a free loopback port, with its data in a temporary folder that stop() removes. */
export async function startPostgres(): Promise<Postgres> {
  const bin = binaries();
  const directory = mkdtempSync(join(tmpdir(), 'posthorn-postgres-'));
  chmodSync(directory, 0o700);
  if (identity.uid !== undefined) chownSync(directory, identity.uid, identity.gid);
  const data = join(directory, 'data');
  makeData(bin, directory, data);
  const port = await freePort();
  const output = openSync(join(directory, 'postgres.log'), 'a');
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`, 'fsync=off'];
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...identity,
    cwd: directory,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  await ready(child, port, join(directory, 'postgres.log'));
  return {
    url: `postgres://posthorn@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // SIGINT is PostgreSQL's fast shutdown: open connections are ended.
      if (child.exitCode === null && child.kill('SIGINT')) await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** initdb takes over a second, and is wanted some forty times a run: what it made the first time is kept and copied. */
function makeData(bin: string, directory: string, data: string): void {
  const options = ['-U', 'posthorn', '-A', 'trust', '-E', 'UTF8', '--no-sync'];
  const name = ['postgres', process.getuid?.(), bin, ...options].join(' ').replace(/[^\w]+/g, '-');
  const kept = fileURLToPath(new URL(`../../../node_modules/.cache/${name}`, import.meta.url));
  if (existsSync(kept)) {
    copyData(kept, data);
    return;
  }
  const run = { ...identity, cwd: directory, stdio: 'ignore' } as const;
  execFileSync(join(bin, 'initdb'), ['-D', data, ...options], run);
  // Another process may be doing the same: the first that has it whole gives it its name.
  const mine = `${kept}.${process.pid}`;
  mkdirSync(join(kept, '..'), { recursive: true });
  copyData(data, mine);
  try {
    renameSync(mine, kept);
  } catch (error) {
    rmSync(mine, { recursive: true, force: true });
    if (!existsSync(kept)) throw error;
  }
}

/** With its owners and modes, on which PostgreSQL insists. */
const copyData = (from: string, to: string) => execFileSync('cp', ['-a', from, to]);

function binaries(): string {
  const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
  if (versions[0] === undefined) throw new Error('PostgreSQL is not installed below /usr/lib/postgresql');
  return `/usr/lib/postgresql/${versions[0]}/bin`;
}

async function ready(child: ChildProcess, port: number, log: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(readFileSync(log, 'utf8').includes('ready to accept connections') && (await listens(port)))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`postgres did not start: ${readFileSync(log, 'utf8')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
