import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const output = join(root, process.env.NEXT_DIST_DIR ?? '.next');
const sources = ['app', 'components', 'lib', 'messages', 'public', 'proxy.ts', 'instrumentation.ts', 'next.config.js'];

/**
 * The product as it is shipped (`npm run build`): built when there is none, or an older one than its sources. With
 * POSTHORN_BUILD=keep whatever was built last is taken.
 */
export async function builtServer(): Promise<string> {
  const server = join(output, 'standalone/server.js');
  // Test files run at once, in processes of their own; one of them builds.
  await alone(async () => {
    if (!existsSync(server) || (process.env.POSTHORN_BUILD !== 'keep' && isOld())) await build();
  });
  return server;
}

function isOld(): boolean {
  const paths = [...sources, 'package-lock.json'].map((path) => join(root, path));
  return Math.max(...paths.filter(existsSync).map(newestBelow)) > statSync(join(output, 'BUILD_ID')).mtimeMs;
}

function newestBelow(path: string): number {
  if (/\.test\.tsx?$|\/testing$/.test(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestBelow(join(path, name))));
}

async function build(): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const told: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => told.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => told.push(chunk));
  const status = await new Promise((resolve) => child.once('close', resolve));
  if (status !== 0) throw new Error(`npm run build failed:\n${Buffer.concat(told)}`);
}

/** Waits until no other process of this checkout is building, then does `work`. */
async function alone(work: () => Promise<void>): Promise<void> {
  // Not in the output itself: Next empties that.
  const lock = join(tmpdir(), `posthorn-build-${createHash('sha256').update(output).digest('hex').slice(0, 12)}.pid`);
  while (!taken(lock)) await new Promise((resolve) => setTimeout(resolve, 100));
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function taken(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (existsSync(lock) && !isRunning(Number(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true });
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}
