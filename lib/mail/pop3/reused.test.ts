import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { databases, type TestStore } from '../../store/testing/databases.ts';
import type { Retention } from '../model.ts';
import { type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { inboxId } from './inbox.ts';
import { openTestAccount } from './testing/account.ts';
import { plainMail } from './testing/mail.ts';
import { playMaildrop, type ScriptedMaildrop } from './testing/scripted-maildrop.ts';

const everything = { mailboxId: inboxId, position: 0, limit: 200 };
const servers: ScriptedServer[] = [];
let opened: TestStore;
beforeAll(async () => {
  const [libsql] = databases;
  if (!libsql) throw new Error('no database');
  opened = await libsql.open();
});
afterAll(() => opened.stop());
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const idOf = (subject: string) => `Message-ID: <${subject}@example.org>`;
const mail = (uidl: string, subject: string, body = 'Hello.\r\n') => ({
  uidl,
  bytes: plainMail(subject, body, [idOf(subject)]),
});

async function serve(given: Partial<ScriptedMaildrop>, retention: Retention = { rule: 'leave' }) {
  const maildrop: ScriptedMaildrop = { messages: [], ...given };
  const server = await startScriptedServer(playMaildrop(maildrop));
  servers.push(server);
  const login = { username: 'ann', password: 'secret' };
  const driver = await openTestAccount(opened.store, { port: server.port }, login, { answerMs: 5_000 }, retention);
  const collect = async () => void (await driver.maildrop?.collect());
  const rows = async () => (await driver.listMessages(everything)).items;
  const shown = async () => (await rows()).map(({ subject, location }) => `${subject} ${location}`);
  const sent = (verb: string) =>
    server.connections.flatMap(({ received }) => received.filter((line) => line.split(' ')[0] === verb));
  const rawOf = async (id: string) => (await buffer((await driver.openRaw({ id })).stream)).toString();
  return { maildrop, driver, collect, rows, shown, sent, rawOf };
}

test('a unique-id given to mail of another size: the kept copy stays, the other is collected, each by its own id', async () => {
  const { maildrop, driver, collect, rows, shown, sent, rawOf } = await serve({ messages: [mail('a', 'before')] });
  await collect();
  const [before] = await rows();
  await driver.setKeywords({ ids: [before?.id ?? ''], add: ['$seen'], remove: [] });
  maildrop.messages = [mail('a', 'after all'), mail('b', 'plain')];
  await collect();
  expect((await shown()).sort()).toEqual(['after all both', 'before here', 'plain both']);
  const after = (await rows()).find(({ subject }) => subject === 'after all');
  expect(after?.keywords).toEqual([]);
  expect(await rawOf(before?.id ?? '')).toBe(plainMail('before', 'Hello.\r\n', [idOf('before')]));
  expect(await rawOf(after?.id ?? '')).toBe(plainMail('after all', 'Hello.\r\n', [idOf('after all')]));
  // Known from now on: nothing is taken twice, and nothing shown twice.
  const taken = sent('RETR').length;
  await collect();
  await collect();
  expect(sent('RETR')).toHaveLength(taken);
  expect(await rows()).toHaveLength(3);
});

test('one given to mail of the same size is noticed by the collection', async () => {
  const { maildrop, collect, shown, sent } = await serve({ messages: [mail('a', 'aaaa'), mail('b', 'bbbb')] });
  await collect();
  maildrop.messages = [mail('a', 'cccc'), mail('b', 'bbbb')];
  expect((await shown()).sort()).toEqual(['aaaa both', 'bbbb both']);
  await collect();
  expect((await shown()).sort()).toEqual(['aaaa here', 'bbbb both', 'cccc both']);
  await collect();
  expect(sent('RETR')).toHaveLength(3);
});

test('under a rule that removes, the other mail is kept before it leaves the server', async () => {
  const { maildrop, collect, shown, driver } = await serve({ messages: [mail('a', 'aaaa')] });
  await collect();
  maildrop.messages = [mail('a', 'cccc')];
  await driver.maildrop?.setRetention({ rule: 'collect' });
  await collect();
  expect(maildrop.messages).toEqual([]);
  expect((await shown()).sort()).toEqual(['aaaa here', 'cccc here']);
});

test('what was deleted here before it was kept takes no other mail of its unique-id with it', async () => {
  let isDown = false;
  const { maildrop, collect, rows, shown, driver } = await serve(
    {
      messages: [mail('a', 'aaaa')],
      on: {
        USER: async (client) => {
          if (isDown) client.reset();
          return isDown;
        },
      },
    },
    { rule: 'removeWhenDeleted' },
  );
  const [row] = await rows();
  isDown = true;
  expect(await driver.destroyMessages({ ids: [row?.id ?? ''] })).toEqual([{ id: row?.id, isPending: true }]);
  isDown = false;
  maildrop.messages = [mail('a', 'cccc')];
  await collect();
  expect(maildrop.messages).toHaveLength(1);
  expect(await shown()).toEqual(['cccc both']);
});

test('a size that changes with the Status field alone: header, flags and words stay, and nothing is taken again', async () => {
  const { maildrop, driver, collect, rows, sent } = await serve({ messages: [mail('a', 'one'), mail('b', 'two')] });
  const [, one] = await rows();
  await driver.setKeywords({ ids: [one?.id ?? ''], add: ['$flagged'], remove: [] });
  const [first, second] = maildrop.messages;
  if (!first || !second) throw new Error('no mail');
  maildrop.messages = [{ ...first, bytes: `Status: RO\r\n${first.bytes}` }, second];
  // By a listing that reads no headers.
  await driver.listMailboxes({ counts: true });
  const thread = await driver.getThread?.({ id: one?.id ?? '' });
  expect(thread?.map(({ subject, keywords }) => [subject, ...keywords])).toEqual([['one', '$flagged']]);
  await collect();
  const [kept] = maildrop.messages;
  maildrop.messages = [{ uidl: 'a', bytes: `X-Status: A\r\n${kept?.bytes}` }, second];
  await collect();
  expect(sent('RETR')).toHaveLength(2);
  expect((await rows()).map(({ subject, location }) => [subject, location])).toEqual([
    ['two', 'both'],
    ['one', 'both'],
  ]);
});

test('sizes that are others each time cost a few headers and no message, and then nothing', async () => {
  let turn = 0;
  const { driver, collect, rows, sent } = await serve({
    messages: [mail('a', 'one'), mail('b', 'two')],
    on: {
      LIST: async (client) => {
        turn += 1;
        await client.write(`+OK\r\n1 ${turn}\r\n2 ${turn * 2}\r\n.\r\n`);
        return true;
      },
    },
  });
  await collect();
  for (let time = 0; time < 6; time += 1) await driver.listMailboxes({ counts: true });
  const asked = sent('TOP').length;
  for (let time = 0; time < 6; time += 1) await driver.listMailboxes({ counts: true });
  expect(sent('TOP')).toHaveLength(asked);
  expect(sent('RETR')).toHaveLength(2);
  expect((await rows()).map(({ subject }) => subject).sort()).toEqual(['one', 'two']);
});

test('unique-ids that are the numbers of messages: each is one message still when they move up, and new mail is found', async () => {
  const numbered = (subjects: string[]) => subjects.map((subject, index) => mail(`${index + 1}`, subject));
  const { maildrop, driver, collect, rows, shown, sent, rawOf } = await serve({
    messages: numbered(['aaaa', 'bbbb', 'long subject', 'dddd']),
  });
  await collect();
  const ids = new Map((await rows()).map(({ subject, id }) => [subject, id]));
  // Another client deletes the first; of the same size, the second takes its number.
  maildrop.messages = numbered(['bbbb', 'long subject', 'dddd']);
  await collect();
  expect((await shown()).sort()).toEqual(['aaaa here', 'bbbb both', 'dddd both', 'long subject both']);
  maildrop.messages = numbered(['bbbb', 'long subject', 'dddd', 'eeee']);
  await collect();
  expect((await shown()).sort()).toEqual(['aaaa here', 'bbbb both', 'dddd both', 'eeee both', 'long subject both']);
  expect(sent('RETR')).toHaveLength(5);
  for (const subject of ['aaaa', 'bbbb', 'dddd'])
    expect(await rawOf(ids.get(subject) ?? '')).toContain(`Subject: ${subject}\r\n`);
  await driver.maildrop?.setRetention({ rule: 'collect' });
  await collect();
  expect(maildrop.messages).toEqual([]);
  expect(await rows()).toHaveLength(5);
});

test('a second message under a unique-id that one has, and then alone: each is taken once and shown once', async () => {
  const { maildrop, collect, shown, sent } = await serve({ messages: [mail('same', 'first')] });
  await collect();
  maildrop.messages = [mail('same', 'first'), mail('same', 'second')];
  await collect();
  expect((await shown()).sort()).toEqual(['first both', 'second both']);
  maildrop.messages = [mail('same', 'second')];
  await collect();
  expect((await shown()).sort()).toEqual(['first here', 'second both']);
  expect(sent('RETR')).toHaveLength(2);
});

test('a server that calls all of its mail otherwise: nothing is taken twice or shown twice, flags stay, and what was deleted does not come back', async () => {
  const named = (prefix: string, subjects: string[]) =>
    subjects.map((subject) => mail(`${prefix}-${subject}`, subject));
  const { maildrop, driver, collect, rows, shown, sent, rawOf } = await serve({
    messages: named('old', ['one', 'two', 'three', 'four']),
  });
  await collect();
  const ids = new Map((await rows()).map(({ subject, id }) => [subject, id]));
  await driver.setKeywords({ ids: [ids.get('two') ?? ''], add: ['$flagged'], remove: [] });
  await driver.destroyMessages({ ids: [ids.get('four') ?? ''] });
  // While the mail is moved, the new server has nothing; then all of it, and mail that came meanwhile, of a known size too.
  maildrop.messages = [];
  await collect();
  maildrop.messages = named('new', ['one', 'two', 'three', 'four', 'five', 'a sixth']);
  await collect();
  expect((await shown()).sort()).toEqual(['a sixth both', 'five both', 'one both', 'three both', 'two both']);
  expect(sent('RETR')).toHaveLength(6);
  const two = (await rows()).find(({ subject }) => subject === 'two');
  expect([two?.id, two?.keywords]).toEqual([ids.get('two'), ['$flagged']]);
  expect(await rawOf(ids.get('three') ?? '')).toContain('Subject: three\r\n');
  // Known by those names from now on; under a rule that removes each goes from there and stays here.
  const asked = sent('TOP').length;
  await driver.maildrop?.setRetention({ rule: 'collect' });
  await collect();
  expect(maildrop.messages).toEqual([]);
  expect((await shown()).sort()).toEqual(['a sixth here', 'five here', 'one here', 'three here', 'two here']);
  expect(sent('RETR')).toHaveLength(6);
  expect(asked).toBeGreaterThan(0);
});

test('of more new names than one listing asks about, the rest waits for the next, and a collection goes on until all are known', async () => {
  const named = (prefix: string) => Array.from({ length: 1_020 }, (_, index) => mail(`${prefix}${index}`, `s${index}`));
  const capabilities = ['TOP', 'UIDL', 'USER', 'PIPELINING'];
  const { maildrop, collect, sent, driver } = await serve({ capabilities, messages: named('old') });
  await collect();
  maildrop.messages = named('new');
  await collect();
  expect(sent('RETR')).toHaveLength(1_020);
  expect(await driver.maildrop?.report()).toMatchObject({ here: { messages: 1_020 }, onlyHere: 0, onlyThere: 0 });
});
