import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pop3MessageIdOf } from '../ids.ts';
import type { Retention } from '../model.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { type CollectorTask, openCollector } from './testing/collector.ts';
import { deliver, plainMail } from './testing/mail.ts';
import { rawListing } from './testing/raw-session.ts';
import { startStoppingProxy } from './testing/stopping-proxy.ts';

const source = fileURLToPath(new URL('./testing/run-collector.ts', import.meta.url));
/** Started some fifty times: as one file it is there in half a second. It stays where it finds its packages. */
const program = fileURLToPath(
  new URL(`../../../node_modules/.cache/run-collector-${process.pid}.mjs`, import.meta.url),
);
const password = 'correct horse';
const subjects = ['one', 'two', 'three'];
/** The last is kept as a file, the others as rows. */
const bytesOfMail = (subject: string) =>
  subject === 'three' ? plainMail(subject, `${'x'.repeat(70)}\r\n`.repeat(2_000)) : plainMail(subject);
const usernames = Array.from({ length: 200 }, (_, index) => `killed${index}`);
let dovecot: Dovecot;
let folder: string;
let used = 0;

beforeAll(async () => {
  await build({
    entryPoints: [source],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  folder = mkdtempSync(join(tmpdir(), 'posthorn-killed-'));
  dovecot = await startDovecot({ users: usernames.map((username) => ({ username, password })) });
});
afterAll(async () => {
  await dovecot?.stop();
  rmSync(folder, { recursive: true, force: true });
  rmSync(program, { force: true });
});

/** A person with three messages. */
async function newcomer() {
  const username = usernames[used] ?? '';
  used += 1;
  deliver(
    dovecot,
    username,
    subjects.map((subject) => bytesOfMail(subject)),
  );
  const raw = { port: dovecot.ports.pop3, username, password };
  return { username, raw, uidls: (await rawListing(raw)).uidls };
}

/** Runs the program until it ends by itself or is killed at step `stopAt`; gives the steps that passed. */
async function runUntil(stopAt: number, task: CollectorTask): Promise<string[]> {
  let kill = () => {};
  const proxy = await startStoppingProxy(task.port, stopAt, () => kill());
  const env = { ...process.env, COLLECTOR: JSON.stringify({ ...task, port: proxy.port }) };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  kill = () => child.kill('SIGKILL');
  let errors = '';
  child.stderr.on('data', (bytes) => {
    errors += bytes;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('exit', (...how) => resolve(how)),
  );
  await proxy.stop();
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`the collector failed: ${errors}`);
  return proxy.steps;
}

/** Looks as a restarted process would: every message is on the server or kept whole, and then once and for all. */
async function expectNothingLost(task: CollectorTask, { raw, uidls }: Awaited<ReturnType<typeof newcomer>>) {
  const onServer = await rawListing(raw);
  const { driver, contents, collection, store } = await openCollector(task);
  const bytesOf = async (hash: string) => (await buffer(contents.open(task.username, hash))).toString();
  for (const [index, uidl] of uidls.entries()) {
    if (onServer.uidls.includes(uidl)) continue;
    const copy = (await collection.copiesOf(task.username, [uidl])).get(uidl);
    expect(await bytesOf(copy?.content ?? ''), `message ${index + 1}`).toBe(bytesOfMail(subjects[index] ?? ''));
  }
  await driver.maildrop?.collect();
  const rows = await store.db.selectFrom('maildrop_message').select(['uidl', 'content', 'deleted_at_ms']).execute();
  expect(rows.map(({ uidl }) => uidl).sort()).toEqual([...uidls].sort());
  for (const { uidl, content } of rows)
    expect(await bytesOf(content ?? '')).toBe(bytesOfMail(subjects[uidls.indexOf(uidl)] ?? ''));
  const deleted = rows.filter(({ deleted_at_ms }) => deleted_at_ms !== null).map(({ uidl }) => uidl);
  const left = (await rawListing(raw)).uidls;
  expect(left).toEqual(task.retention.rule === 'collect' ? [] : uidls.filter((uidl) => !deleted.includes(uidl)));
  const ids = deleted.map(pop3MessageIdOf);
  expect(await driver.maildrop?.restoreMessages({ ids })).toEqual(ids.map((id) => ({ id })));
  expect(await driver.maildrop?.report()).toMatchObject({ here: { messages: uidls.length } });
  await driver.close();
  await store.close();
}

test.each<[Retention, boolean]>([
  [{ rule: 'collect' }, false],
  [{ rule: 'removeWhenDeleted' }, true],
])(
  'killed at any step of %o, no message is lost and none is there twice',
  async (retention, destroys) => {
    const play = async (stopAt: number) => {
      const person = await newcomer();
      const dataDir = join(folder, person.username);
      const task: CollectorTask = { dataDir, port: dovecot.ports.pop3, username: person.username, password, retention };
      const doomed = person.uidls[1];
      const steps = await runUntil(stopAt, destroys && doomed ? { ...task, destroys: doomed } : task);
      await expectNothingLost(task, person);
      return steps;
    };
    const whole = await play(Number.POSITIVE_INFINITY);
    expect(whole.filter((step) => step === 'C: DELE')).toHaveLength(destroys ? 1 : 3);
    // Before the first RETR nothing has been touched.
    const first = whole.indexOf('C: RETR');
    const moments = Array.from({ length: whole.length - first }, (_, index) => first + 1 + index);
    const work = async () => {
      for (let stopAt = moments.shift(); stopAt !== undefined; stopAt = moments.shift()) await play(stopAt);
    };
    await Promise.all([work(), work(), work()]);
  },
  180_000,
);
