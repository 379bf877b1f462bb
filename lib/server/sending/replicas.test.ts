import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { databases } from '../../store/testing/databases.ts';
import { beginStopping } from '../stopping.ts';
import { openDesk } from './testing/desk.ts';

const [ann, bob] = ['ann@example.org', 'bob@example.org'] as const;
const program = fileURLToPath(new URL('../testing/serve.ts', import.meta.url));
const count = 40;
/** What one process has under way at most. */
const atOnce = 24;

const replicas: ChildProcess[] = [];
afterEach(async () => {
  for (const replica of replicas.splice(0)) {
    const ended = once(replica, 'exit');
    replica.kill('SIGTERM');
    await ended;
  }
});

test('two processes on one Postgres send each message once, both at work', async () => {
  // Nobody gets further until more wait here than one process has in hand.
  let waiting = 0;
  let open = () => {};
  const bothAreHere = new Promise<void>((resolve) => {
    open = resolve;
  });
  const onStep = async (step: string) => {
    if (step !== 'rcpt') return;
    waiting += 1;
    if (waiting > atOnce) open();
    await bothAreHere;
  };
  const postgres = databases[1] as (typeof databases)[number];
  const desk = await openDesk({ database: postgres, usernames: [ann, bob], smtp: { onStep } });
  try {
    const [writer, reader] = [await desk.signIn(ann), await desk.signIn(bob)];
    // This process hands over, and sends nothing itself.
    beginStopping();
    const subjects = Array.from({ length: count }, (_, at) => `Tide ${at}`);
    const handed = [];
    for (const subject of subjects) handed.push(await writer.send({ to: [{ name: null, email: bob }], subject }));
    for (let at = 0; at < 2; at += 1)
      replicas.push(spawn(process.execPath, ['--import', 'tsx', program], { env: process.env, stdio: 'ignore' }));
    for (const { id } of handed) await writer.reached(id, ['filed']);
    const inOrder = (list: { subject: string }[]) => list.map(({ subject }) => subject).sort();
    expect(inOrder(await reader.list('inbox'))).toEqual([...subjects].sort());
    expect(inOrder(await writer.list('sent'))).toEqual([...subjects].sort());
    expect(desk.smtp.received).toHaveLength(count);
  } finally {
    await desk.close();
  }
}, 60_000);
