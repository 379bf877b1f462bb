import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from 'vitest';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';

const login = { username: 'ann', password: 'secret' };
const names = Array.from({ length: 300 }, (_, index) => `Folder ${String(index).padStart(3, '0')}`);
let dovecot: Dovecot;
afterEach(async () => {
  await closePool(0);
  await dovecot.stop();
});

/** Passes bytes on between whoever connects and a server, and tells what is sent to it, line by line. */
async function relay(port: number, onLine: (line: string) => void): Promise<Server> {
  const listening = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    const end = () => [client, server].forEach((socket) => void socket.destroy());
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
    createInterface({ input: client }).on('line', onLine);
    client.pipe(server).pipe(client);
  });
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return listening;
}

it.each([
  ['one LIST with counts, beside LSUB', [], ['LIST', 'LSUB']],
  ['a STATUS for each, all at once, where LIST gives no counts', ['LIST-STATUS'], ['LIST', 'LSUB', 'STATUS']],
])('300 folders are told with their counts by %s', async (_, withoutCapabilities, verbs) => {
  dovecot = await startDovecot({ users: [login], withoutCapabilities, extraConfig: 'mail_fsync = never' });
  const maildir = dovecot.maildirOf(login.username);
  for (const [index, name] of names.entries()) {
    const folder = join(maildir, `.${name}`);
    for (const place of ['cur', 'new', 'tmp']) mkdirSync(join(folder, place), { recursive: true });
    writeFileSync(join(folder, 'maildirfolder'), '');
    if (index % 3 === 0) writeFileSync(join(folder, 'cur', `1700000000.M${index}.test:2,`), 'Subject: one\r\n\r\n');
  }
  dovecot.own(maildir);
  const asked = new Set<string>();
  const listening = await relay(dovecot.ports.imap, (line) => {
    const [, verb] = /^\S+ (LIST|STATUS|LSUB)\b/.exec(line) ?? [];
    if (verb !== undefined) asked.add(verb);
  });
  const server = plainImap((listening.address() as AddressInfo).port);
  const driver = createImapDriver({ key: { sessionId: `many ${server.port}`, accountId: 'a' }, server, login });
  await driver.listMailboxes({ counts: false });
  asked.clear();
  const mailboxes = await driver.listMailboxes({ counts: true });
  await closePool(0);
  listening.close();
  const counts = new Map(mailboxes.map(({ name, totalMessages }) => [name, totalMessages]));
  expect(names.map((name) => counts.get(name))).toEqual(names.map((_, index) => (index % 3 === 0 ? 1 : 0)));
  expect([...asked].sort()).toEqual(verbs);
});
