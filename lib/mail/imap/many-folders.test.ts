import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
  const server = plainImap(dovecot.ports.imap);
  const driver = createImapDriver({ key: { sessionId: `many ${server.port}`, accountId: 'a' }, server, login });
  await driver.listMailboxes({ counts: false });
  const leaving = new AbortController();
  // Which, not how many: of hundreds at once what is told of the exchange is a part.
  const asked = new Set<string>();
  const onLine = ({ direction, text }: { direction: string; text: string }) => {
    const [verb] = /^(LIST|STATUS|LSUB)\b/.exec(text) ?? [];
    if (direction === 'client' && verb !== undefined) asked.add(verb);
  };
  const tracing = driver.trace({ onLine, onSkipped: () => undefined }, { signal: leaving.signal });
  const mailboxes = await driver.listMailboxes({ counts: true });
  leaving.abort();
  await tracing;
  const counts = new Map(mailboxes.map(({ name, totalMessages }) => [name, totalMessages]));
  expect(names.map((name) => counts.get(name))).toEqual(names.map((_, index) => (index % 3 === 0 ? 1 : 0)));
  expect([...asked].sort()).toEqual(verbs);
});
