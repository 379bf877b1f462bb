import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'posthorn-start-'));
const script = fileURLToPath(new URL('testing/serve.ts', import.meta.url));
const right = {
  AUTH_SECRET: 'a secret of the tests, long enough',
  AUTH_URL: 'http://localhost:3000',
  MAIL_IMAP: 'imaps://imap.invalid',
  DATA_DIR: join(directory, 'data'),
};

describe('a process of the product', () => {
  const running = new Set<ChildProcess>();
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
    running.clear();
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function run(environment: Record<string, string>) {
    const env = { PATH: process.env.PATH ?? '', NODE_ENV: 'production' as const, ...environment };
    const child = spawn(process.execPath, ['--import', 'tsx', script], { env });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    }
    const said = (words: RegExp) => expect.poll(() => output, { timeout: 15_000, interval: 20 }).toMatch(words);
    return { child, said, output: () => output, exit: once(child, 'close').then(([status]) => status as number) };
  }

  async function listening(environment: Record<string, string> = right) {
    const server = run(environment);
    await server.said(/listening .*\n/);
    const { port } = JSON.parse(/listening (.*)\n/.exec(server.output())?.[1] ?? '{}') as { port: number };
    return { ...server, ask: (path: string) => fetch(`http://127.0.0.1:${port}${path}`) };
  }

  test('refuses to start without a configuration, naming every fault at once', async () => {
    const { exit, output } = run({ MAIL_POP3: 'imaps://mail' });
    expect(await exit).toBe(1);
    expect(output()).toMatch(/Please mend its configuration/);
    for (const name of ['AUTH_SECRET', 'AUTH_URL', 'MAIL_POP3']) expect(output()).toContain(`- ${name}`);
    expect(output()).not.toContain('listening');
  });

  test('refuses to start on a database that does not open', async () => {
    writeFileSync(join(directory, 'a file'), '');
    const { exit, output } = run({ ...right, DATA_DIR: join(directory, 'a file', 'data') });
    expect(await exit).toBe(1);
    expect(output()).toContain('the database cannot be opened');
  });

  test('keeps its database where only its owner can read it', async () => {
    await listening();
    const path = join(directory, 'data', 'posthorn.db');
    expect(existsSync(path)).toBe(true);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(join(directory, 'data')).mode & 0o077).toBe(0);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'at %s answers what was asked, takes nothing new, and ends with 0',
    async (signal) => {
      const server = await listening();
      const slow = server.ask('/slow').then((response) => response.text());
      await server.said(/asked \/slow/);
      server.child.kill(signal);
      await server.said(/shutting down/);
      await expect(server.ask('/new')).rejects.toThrow();
      expect(await slow).toBe('done');
      expect(await server.exit).toBe(0);
    },
  );

  test('writes its log as one JSON object a line, without what signs people in', async () => {
    const server = await listening({ ...right, AUTH_URL: 'http://mail.example.org' });
    await server.said(/plain http/);
    const line = server
      .output()
      .split('\n')
      .find((text) => text.includes('plain http'));
    expect(JSON.parse(line ?? '')).toMatchObject({ level: 'warn', msg: expect.stringContaining('plain http') });
    expect(server.output()).not.toContain(right.AUTH_SECRET);
  });
});
