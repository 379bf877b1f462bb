import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dovecot } from '../../mail/testing/dovecot.ts';
import { freePort } from '../../mail/testing/free-port.ts';
import { builtServer } from './build.ts';

export interface Product {
  url: string;
  /** The process, for who measures its memory. */
  pid: number;
  /** All that the process wrote so far, on standard output and error. */
  log(): string;
  /** Ends it in order (SIGTERM) and gives its exit status. */
  stop(): Promise<number | null>;
  /** Ends it with -9, as a power cut would, and leaves its data where `DATA_DIR` says. */
  kill(): Promise<void>;
}

/** Starts the built product over a real mail server, on a free port and with an empty store. */
export async function startProduct(mail: Dovecot, environment: Record<string, string> = {}): Promise<Product> {
  const server = await builtServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'posthorn-product-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [server], {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      AUTH_URL: url,
      AUTH_SECRET: 'a secret of the tests, long enough',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'debug',
      MAIL_IMAP: `imaps://127.0.0.1:${mail.ports.imaps}`,
      MAIL_POP3: `pop3s://127.0.0.1:${mail.ports.pop3s}`,
      MAIL_CA_FILE: mail.certificatePath,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const log = () => Buffer.concat(output).toString('utf8');
  await answering(url, child, log);
  return {
    url,
    pid: child.pid ?? 0,
    log,
    async stop() {
      child.kill('SIGTERM');
      const status = await ended;
      rmSync(dataDir, { recursive: true, force: true });
      return status;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function answering(url: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const response = await fetch(`${url}/api/ready`).catch(() => null);
    if (response?.ok) return;
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`the product did not start:\n${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
