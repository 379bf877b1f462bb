import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databases, type TestStore } from '../../store/testing/databases.ts';
import type { MailDriver } from '../driver.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { verifyPop3Login } from './driver.ts';
import { inboxId } from './inbox.ts';
import { openTestAccount, pop3Url } from './testing/account.ts';
import { deliver, plainMail } from './testing/mail.ts';
import { rawListing } from './testing/raw-session.ts';

const login = { username: 'ann', password: 'correct horse' };
const everything = { mailboxId: inboxId, position: 0, limit: 200 };
let dovecot: Dovecot;
let opened: TestStore;
let tls: { port: number; security: 'tls'; verifiesCertificate: true; ca: string };

const usernames = [
  'ann',
  'reader',
  'files',
  'flags',
  'deleter',
  'searcher',
  'sorter',
  'pages',
  'gone',
  'bytes',
  'leaver',
];
beforeAll(async () => {
  dovecot = await startDovecot({ users: usernames.map((username) => ({ ...login, username })) });
  const [libsql] = databases;
  if (!libsql) throw new Error('no database');
  opened = await libsql.open();
  const ca = readFileSync(dovecot.certificatePath, 'utf8');
  tls = { port: dovecot.ports.pop3s, security: 'tls', verifiesCertificate: true, ca };
});
afterAll(async () => {
  await dovecot?.stop();
  await opened?.stop();
});

const open = (username: string, server: Parameters<typeof openTestAccount>[1] = tls): Promise<MailDriver> =>
  openTestAccount(opened.store, server, { ...login, username });

test('an empty maildrop is an empty list', async () => {
  const driver = await open('ann');
  expect(await driver.listMessages(everything)).toMatchObject({ position: 0, total: 0, items: [] });
  const mailboxes = await driver.listMailboxes({ counts: true });
  expect(
    mailboxes.map(({ role, totalMessages, unreadMessages, isLocal }) => [role, totalMessages, unreadMessages, isLocal]),
  ).toEqual([
    ['inbox', 0, 0, undefined],
    ['archive', 0, 0, true],
    ['drafts', 0, 0, true],
    ['junk', 0, 0, true],
    ['sent', 0, 0, true],
    ['trash', 0, 0, true],
  ]);
});

test('messages are listed newest first with what their headers say, over STLS and plain too', async () => {
  deliver(dovecot, 'reader', [
    plainMail('first', 'One.\r\n', ['Date: Sun, 01 Nov 2026 10:00:00 +0000']),
    plainMail('=?utf-8?q?second_=E2=9C=89?=', 'Hello *there*,\r\nthis is text.\r\n'),
  ]);
  for (const server of [
    tls,
    { ...tls, port: dovecot.ports.pop3, security: 'starttls' as const },
    { port: dovecot.ports.pop3 },
  ]) {
    const driver = await open('reader', server);
    const page = await driver.listMessages(everything);
    expect(page.total).toBe(2);
    expect(page.items.map((item) => item.subject)).toEqual(['second ✉', 'first']);
    expect(page.items[0]).toMatchObject({
      from: [{ name: 'Ann Writer', email: 'ann@example.org' }],
      sentAt: '2026-11-02T10:00:00.000Z',
      preview: 'Hello *there*, this is text.',
      keywords: [],
      hasAttachment: false,
    });
  }
});

test('a message is read, its parts and its raw bytes are the server’s own', async () => {
  const body = Buffer.from('.leading dot\r\n..two dots\r\nümlaut in latin1: \xfc\xff\x00\r\n.\r\nend', 'latin1');
  const raw = Buffer.concat([Buffer.from(plainMail('bytes', '')), body]);
  const file = Buffer.from(Array.from({ length: 6_000 }, (_, index) => index % 251));
  const mixed = plainMail(
    'with a file',
    [
      '--b\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Caf=E9</p>',
      `--b\r\nContent-Type: application/x-thing; name="a.bin"\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n${file.toString('base64').replace(/.{76}/g, '$&\r\n')}`,
      '--b--\r\n',
    ].join('\r\n'),
    ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
  );
  deliver(dovecot, 'files', [raw, mixed]);
  const driver = await open('files');
  const { items } = await driver.listMessages(everything);
  const [withFile, plain] = items;
  if (!withFile || !plain) throw new Error('not listed');
  expect(withFile).toMatchObject({ hasAttachment: true, preview: 'Café' });

  const message = await driver.getMessage({ id: withFile.id });
  expect(message.htmlBody[0]?.text).toContain('Café');
  expect(message.attachments).toMatchObject([{ name: 'a.bin', type: 'application/x-thing' }]);
  const part = await driver.openPart({ id: withFile.id, partId: message.attachments[0]?.partId ?? '' });
  expect((await buffer(part.stream)).equals(file)).toBe(true);
  await expect(driver.openPart({ id: withFile.id, partId: '77' })).rejects.toMatchObject({ code: 'notFound' });

  const whole = await driver.openRaw({ id: plain.id });
  const got = await buffer(whole.stream);
  expect(got.length).toBe(whole.sizeBytes);
  // Dovecot gives a message without a last line end one, as RFC 1939 §3 wants it.
  expect(got.subarray(-raw.length - 2).toString('latin1')).toBe(`${raw.toString('latin1')}\r\n`);
});

test('keywords are ours: they stay with the message over sessions and count', async () => {
  deliver(dovecot, 'flags', [plainMail('a'), plainMail('b'), plainMail('c')]);
  const driver = await open('flags');
  const before = await driver.listMessages(everything);
  const [c, b] = before.items;
  if (!b || !c) throw new Error('not listed');
  expect(
    await driver.setKeywords({ ids: [c.id, 'pforged', 'nonsense'], add: ['$seen', '$Flagged'], remove: [] }),
  ).toEqual([
    { id: c.id },
    { id: 'pforged', error: { code: 'notFound' } },
    { id: 'nonsense', error: { code: 'notFound' } },
  ]);
  await driver.setKeywords({ ids: [b.id, c.id], add: ['$seen'], remove: ['$flagged'] });
  await driver.setKeywords({ ids: [b.id], add: ['$flagged'], remove: [] });
  await expect(driver.setKeywords({ ids: [b.id], add: ['no good'], remove: [] })).rejects.toMatchObject({
    code: 'invalid',
  });

  deliver(dovecot, 'flags', [plainMail('d')]);
  const again = await open('flags');
  const after = await again.listMessages(everything);
  expect(after.state).not.toBe(before.state);
  expect(after.items.map((item) => [item.subject, ...item.keywords])).toEqual([
    ['d'],
    ['c', '$seen'],
    ['b', '$flagged', '$seen'],
    ['a'],
  ]);
  const [inbox] = await again.listMailboxes({ counts: true });
  expect(inbox).toMatchObject({ totalMessages: 4, unreadMessages: 2 });
  expect((await again.listMessages({ ...everything, filter: 'flagged' })).items.map((item) => item.subject)).toEqual([
    'b',
  ]);
  expect(await again.listMessages({ ...everything, filter: 'unread', limit: 1 })).toMatchObject({ total: 2 });
  expect((await again.listMessages(everything)).state).toBe(after.state);
});

test('exactly the named messages are deleted, as an independent session confirms', async () => {
  deliver(
    dovecot,
    'deleter',
    ['1', '2', '3', '4', '5'].map((subject) => plainMail(subject)),
  );
  const driver = await open('deleter');
  const { items } = await driver.listMessages(everything);
  const before = await rawListing({ ...login, port: dovecot.ports.pop3, username: 'deleter' });
  const idOf = (subject: string) => items.find((item) => item.subject === subject)?.id ?? '';
  const ids = [idOf('2'), 'pforged', idOf('4'), idOf('2')];
  expect(await driver.destroyMessages({ ids })).toEqual([
    { id: ids[0] },
    { id: 'pforged', error: { code: 'notFound' } },
    { id: ids[2] },
    { id: ids[3] },
  ]);
  const after = await rawListing({ ...login, port: dovecot.ports.pop3, username: 'deleter' });
  expect(after.uidls).toEqual([0, 2, 4].map((index) => before.uidls[index]));
  expect((await driver.listMessages(everything)).items.map((item) => item.subject)).toEqual(['5', '3', '1']);
  await expect(driver.getMessage({ id: idOf('2') })).rejects.toMatchObject({ code: 'notFound' });
  expect(await driver.destroyMessages({ ids: [idOf('2')] })).toEqual([{ id: idOf('2'), error: { code: 'notFound' } }]);
});

test('a message that another client deleted is stale, and nothing else is touched', async () => {
  deliver(dovecot, 'gone', [plainMail('stays'), plainMail('goes')]);
  const driver = await open('gone');
  const other = await open('gone');
  const { items } = await driver.listMessages(everything);
  const goes = items[0]?.id ?? '';
  // Straight from the Maildir: our store does not hear of it.
  execFileSync('sh', ['-c', `grep -rl "Subject: goes" "${dovecot.maildirOf('gone')}" | xargs rm`]);
  await expect(other.getMessage({ id: goes })).rejects.toMatchObject({ code: 'stale' });
  expect(await other.destroyMessages({ ids: [goes] })).toEqual([{ id: goes, error: { code: 'stale' } }]);
  expect((await other.listMessages(everything)).items.map((item) => item.subject)).toEqual(['stays']);
  await expect(other.getMessage({ id: goes })).rejects.toMatchObject({ code: 'notFound' });
});

test('mailboxes live here, and foreign ones are not found', async () => {
  const driver = await open('ann');
  const offered = await driver.capabilities();
  expect(offered).toMatchObject({ move: true, copy: true, append: true, keywords: 'local' });
  await expect(driver.emptyMailbox({ mailboxId: inboxId })).rejects.toMatchObject({ code: 'invalid' });
  await expect(driver.listMessages({ ...everything, mailboxId: 'mVHJhc2g' })).rejects.toMatchObject({
    code: 'notFound',
  });
  await expect(driver.getMessage({ id: 'mSU5CT1g.1.1' })).rejects.toMatchObject({ code: 'notFound' });
  const trash = (await driver.listMailboxes({ counts: false })).find(({ role }) => role === 'trash')?.id ?? '';
  const place = { name: 'Bin', parentId: null };
  await expect(driver.renameMailbox({ mailboxId: trash, ...place })).rejects.toMatchObject({ code: 'invalid' });
  await expect(driver.deleteMailbox({ mailboxId: trash })).rejects.toMatchObject({ code: 'invalid' });
  const mine = await driver.createMailbox(place);
  const below = await driver.createMailbox({ name: 'Below', parentId: mine.id });
  await expect(driver.renameMailbox({ mailboxId: mine.id, name: 'Bin', parentId: below.id })).rejects.toMatchObject({
    code: 'invalid',
  });
  expect(await driver.renameMailbox({ mailboxId: below.id, name: 'Beside', parentId: null })).toMatchObject({
    id: below.id,
    path: 'Beside',
  });
});

test('what was filed is read whole, and lists are shown, while the server is down', async () => {
  const server = await startDovecot({ users: [login] });
  deliver(server, 'ann', [plainMail('filed', 'Kept here.\r\n'), plainMail('left', 'On the server.\r\n')]);
  const driver = await open('ann', { port: server.ports.pop3 });
  const { items } = await driver.listMessages(everything);
  const idOf = (wanted: string) => items.find(({ subject }) => subject === wanted)?.id ?? '';
  const archive = (await driver.listMailboxes({ counts: false })).find(({ role }) => role === 'archive')?.id ?? '';
  expect(await driver.moveMessages({ ids: [idOf('filed')], to: archive })).toEqual([
    { id: idOf('filed'), newId: idOf('filed') },
  ]);
  await server.stop();
  expect(await driver.listMessages(everything)).toMatchObject({
    problem: 'unreachable',
    items: [{ subject: 'left', location: 'server' }],
  });
  const filed = await driver.listMessages({ ...everything, mailboxId: archive });
  expect(filed.problem).toBeUndefined();
  expect(filed.items).toMatchObject([{ subject: 'filed', location: 'both', mailboxId: archive }]);
  expect((await driver.getMessage({ id: idOf('filed') })).textBody[0]?.text).toMatch('Kept here.');
  await expect(driver.getMessage({ id: idOf('left') })).rejects.toMatchObject({ code: 'unreachable' });
  await expect(driver.moveMessages({ ids: [idOf('left')], to: archive })).rejects.toMatchObject({
    code: 'unreachable',
  });
  expect((await driver.listMessages(everything)).total).toBe(1);
  await driver.close();
});

test('sorted by every property, filtered by attachment, past the end empty', async () => {
  const from = (name: string) => `From: ${name} <${name.toLowerCase()}@example.org>`;
  const mail = (name: string, subject: string, day: string, body: string) =>
    plainMail(subject, body, [`Date: ${day} Nov 2026 08:00:00 +0000`]).replace(/^From: .*$/m, from(name));
  deliver(dovecot, 'sorter', [
    mail('Cora', 'Re: apple', '03', 'xx\r\n'),
    mail('Abe', 'cherry', '01', 'x'.repeat(900)),
    mail('Bea', 'banana', '02', 'x'.repeat(90)),
  ]);
  const driver = await open('sorter');
  const order = async (property: 'receivedAt' | 'from' | 'subject' | 'size', isAscending: boolean) =>
    (await driver.listMessages({ ...everything, sort: { property, isAscending } })).items.map(
      (item) => item.from[0]?.name,
    );
  expect(await order('receivedAt', false)).toEqual(['Cora', 'Bea', 'Abe']);
  expect(await order('receivedAt', true)).toEqual(['Abe', 'Bea', 'Cora']);
  expect(await order('from', true)).toEqual(['Abe', 'Bea', 'Cora']);
  expect(await order('subject', true)).toEqual(['Cora', 'Bea', 'Abe']);
  expect(await order('size', false)).toEqual(['Abe', 'Bea', 'Cora']);
  expect(await driver.listMessages({ ...everything, filter: 'attachment' })).toMatchObject({ total: 0, items: [] });
  expect(await driver.listMessages({ ...everything, position: 50 })).toMatchObject({
    position: 50,
    total: 3,
    items: [],
  });
  await expect(driver.listMessages({ ...everything, limit: 0 })).rejects.toMatchObject({ code: 'invalid' });
});

test('300 messages are read in windows, and their headers only once', async () => {
  deliver(
    dovecot,
    'pages',
    Array.from({ length: 300 }, (_, index) => plainMail(`n${index}`)),
  );
  const driver = await open('pages');
  const page = await driver.listMessages({ ...everything, position: 100, limit: 50 });
  expect(page.total).toBe(300);
  expect(page.items.map((item) => item.subject)).toEqual(Array.from({ length: 50 }, (_, index) => `n${199 - index}`));
  const ids = await driver.listMessageIds({ mailboxId: inboxId });
  expect(ids.slice(100, 150)).toEqual(page.items.map((item) => item.id));
  expect(new Set(ids).size).toBe(300);
});

test('a search finds words in headers first and in texts after, with progress to the end', async () => {
  const html = ['MIME-Version: 1.0', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: base64'];
  deliver(dovecot, 'searcher', [
    plainMail('nothing', 'Not here.\r\n'),
    plainMail('page', `${Buffer.from('<p>Le résumé <b>final</b></p>').toString('base64')}\r\n`, html),
    plainMail('Resume attached', 'See file.\r\n'),
  ]);
  const driver = await open('searcher');
  const hits: string[] = [];
  const types = new Set<string>();
  let last: unknown;
  for await (const event of driver.search({ query: { type: 'text', text: 'RESUMÉ' } })) {
    types.add(event.type);
    if (event.type === 'hits') hits.push(...event.items.map((item) => item.subject));
    if (event.type === 'progress') last = [event.done, event.total];
  }
  expect(hits).toEqual(['Resume attached', 'page']);
  expect(last).toEqual([3, 3]);
  expect([...types].sort()).toEqual(['done', 'hits', 'progress']);
  const ids = await driver.listMessageIds({
    mailboxId: inboxId,
    query: { type: 'not', term: { type: 'text', text: 'final' } },
  });
  expect(ids).toHaveLength(2);
});

test('of a sign-in that has ended no message stays in memory', async () => {
  deliver(dovecot, 'leaver', [plainMail('letter', 'The word is herring.\r\n')]);
  const driver = await open('leaver');
  const [id = ''] = await driver.listMessageIds({ mailboxId: inboxId });
  await driver.getMessage({ id });
  // The same length, so that for the server it is the same message: what still says "herring" is our memory.
  execFileSync('sh', [
    '-c',
    `grep -rl "Subject: letter" "${dovecot.maildirOf('leaver')}" | xargs sed -i s/herring/sardine/`,
  ]);
  expect((await driver.getMessage({ id })).textBody[0]?.text).toMatch('herring');
  await driver.close();
  const next = await open('leaver');
  expect((await next.getMessage({ id })).textBody[0]?.text).toMatch('sardine');
  await next.close();
});

test('a wrong password is unauthenticated with the server’s words; a closed port is unreachable', async () => {
  const server = pop3Url(tls);
  await expect(verifyPop3Login(server, { username: 'ann', password: 'wrong' })).rejects.toMatchObject({
    code: 'unauthenticated',
    serverText: expect.stringMatching(/\w/),
  });
  await verifyPop3Login(server, login);
  await expect(verifyPop3Login({ ...server, port: 1 }, login)).rejects.toMatchObject({ code: 'unreachable' });
  await expect(verifyPop3Login({ ...server, ca: null }, login)).rejects.toMatchObject({ code: 'certificate' });
  await expect(verifyPop3Login({ ...server, port: dovecot.ports.pop3 }, login)).rejects.toMatchObject({
    code: 'insecure',
  });
});
