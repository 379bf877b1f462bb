import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { choosePort } from './demo/choose-port.ts';
import { settingsOf } from './demo/environment.ts';
import { type Process, runNode } from './demo/process.ts';
import { welcome } from './demo/welcome.ts';
import { startSamplePost, startSampleServer } from './sample/start.ts';

/** Runs the demo until Ctrl-C or SIGTERM, then ends all that it started and removes all that it wrote outside the build. */
export async function demo({ isDevelopment }: { isDevelopment: boolean }): Promise<void> {
  const asked = askedToStop();
  const directory = mkdtempSync(join(tmpdir(), 'posthorn-demo-'));
  const closing: (() => Promise<void> | void)[] = [() => rmSync(directory, { recursive: true, force: true })];
  try {
    const port = await choosePort();
    console.log('Starting a mail server and writing sample mail …');
    const { dovecot, people } = await startSampleServer();
    closing.unshift(() => dovecot.stop());
    const post = await startSamplePost(dovecot, people);
    closing.unshift(() => post.stop());
    if (!isDevelopment) {
      console.log('Building Posthorn, which takes half a minute …');
      await finished(runNode(['scripts/build.mjs'], process.env, true), asked);
    }
    const environment = settingsOf({ dovecot, smtpPort: post.url.port }, directory, port);
    const product = isDevelopment
      ? runNode(['node_modules/next/dist/bin/next', 'dev', '-H', '127.0.0.1', '-p', String(port)], {
          ...environment,
          LOG_LEVEL: 'debug',
        })
      : runNode(['.next/standalone/server.js'], { ...environment, NODE_ENV: 'production' });
    closing.unshift(() => product.stop());
    await answering(`http://localhost:${port}/api/health`, product, asked);
    console.log(welcome(port, { dovecot, smtpPort: post.url.port }, people));
    await Promise.race([once(asked, 'abort'), product.ended]);
    if (!asked.aborted) throw new Error('the product ended by itself; what it said stands above');
  } catch (error) {
    if (!asked.aborted) {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    }
  } finally {
    if (asked.aborted) console.log('\nEnding the demo …');
    for (const close of closing) await close();
  }
}

function askedToStop(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

async function finished(step: Process, asked: AbortSignal): Promise<void> {
  const status = await Promise.race([step.ended, once(asked, 'abort').then(() => 'aborted' as const)]);
  if (status === 'aborted') await step.stop();
  if (status !== 0) throw new Error('the build failed; what it said stands above');
}

async function answering(url: string, product: Process, asked: AbortSignal): Promise<void> {
  const deadline = Date.now() + 120_000;
  let hasEnded = false;
  void product.ended.then(() => {
    hasEnded = true;
  });
  for (;;) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
    if (hasEnded || asked.aborted || Date.now() > deadline) throw new Error('the product did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
