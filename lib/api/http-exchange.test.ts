import { afterAll, describe, expect, test } from 'vitest';
import { exchangeEvent } from '../contract/answers.ts';
import { type Answer, imapScript } from '../mail/testing/scripted-imap.ts';
import { startScriptedServer } from '../mail/testing/scripted-server.ts';
import { password, useProduct } from './testing/office.ts';
import { createPerson, type Person } from './testing/person.ts';
import { startProduct } from './testing/product.ts';
import { readEvents, type Told } from './testing/read-events.ts';

const office = useProduct();
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

const linesOf = (events: Told[]) => events.filter(({ type }) => type === 'line');
const told = (events: Told[]) =>
  linesOf(events).map(({ direction, text }) => `${direction === 'client' ? 'C' : 'S'}: ${text}`);

async function signedIn(username: string, protocol: 'imap' | 'pop3') {
  const person = office.person();
  expect(await person.signIn({ username, password, protocol })).toBeNull();
  const params = { accountId: (await person.call('getSession')).json.accounts[0].id as string };
  return { person, params };
}

async function listening({ person, params }: { person: Person; params: { accountId: string } }) {
  const response = await person.open('getExchange', { params });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const events = readEvents(response);
  await events.until('"live"');
  return events;
}

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');

describe('the exchange of a sign-in', () => {
  test('over IMAP tells what a page costs, by tag, over connections that were open before', async () => {
    const ada = await signedIn('ada@example.org', 'imap');
    const inInbox = { ...ada.params, mailboxId: office.boxId('inbox') };
    await ada.person.call('listMessages', { params: inInbox });
    const events = await listening(ada);
    const { items } = (await ada.person.call('listMessages', { params: inInbox })).json;
    await ada.person.call('setKeywords', { params: ada.params, body: { ids: [items[0].id], add: ['$flagged'] } });
    await events.until('UID STORE');
    const all = await events.until('Store completed');
    for (const event of all) expect(exchangeEvent.safeParse(event).success).toBe(true);
    expect(told(all).find((line) => line.includes('UID STORE'))).toMatch(/^C: UID STORE \d+ \+FLAGS/);
    const stored = linesOf(all).find(({ text }) => text.startsWith('UID STORE'));
    const done = linesOf(all).find(({ tag, direction }) => tag === stored.tag && direction === 'server');
    expect([done.connection, stored.connection]).toEqual([stored.connection, expect.stringMatching(/^IMAP \d+$/)]);
    expect(new Set(all.map(({ number }) => number)).size).toBe(all.length);
    await events.leave();
  });

  test('over POP3 tells the whole session, sign-in included, and of mail its size', async () => {
    const ben = await signedIn('ben@example.org', 'pop3');
    const events = await listening(ben);
    const [inbox] = (await ben.person.call('listMailboxes', { params: ben.params })).json.mailboxes;
    await ben.person.call('listMessages', { params: { ...ben.params, mailboxId: inbox.id } });
    const all = told(await events.until('Logging out'));
    expect(all.slice(0, 2)).toEqual([expect.stringMatching(/^S: \+OK/), 'C: CAPA']);
    expect(all).toContain('C: AUTH PLAIN ••••');
    expect(all).toContain('C: UIDL');
    expect(all.some((line) => /^S: \{[\d,]+ bytes\}$/.test(line))).toBe(true);
    expect(all).toContain('C: QUIT');
    expect(all.join('\n')).not.toMatch(/Subject:|herring/);
    for (const secret of [password, base64(password), base64(`\0ben@example.org\0${password}`)]) {
      expect(all.join('\n')).not.toContain(secret);
    }
    await events.leave();
  });

  test('is told to that sign-in alone, not even to another of the same person', async () => {
    const mine = await signedIn('ada@example.org', 'imap');
    const other = await signedIn('ada@example.org', 'imap');
    const ben = await signedIn('ben@example.org', 'imap');
    const streams = [await listening(mine), await listening(other), await listening(ben)] as const;
    await mine.person.call('listMessages', { params: { ...mine.params, mailboxId: office.boxId('Projects') } });
    // The control: the one who did it sees it.
    await streams[0].until('SELECT Projects');
    for (const [stream, { person, params }] of [
      [streams[1], other],
      [streams[2], ben],
    ] as const) {
      await person.call('createMailbox', { params, body: { name: 'marker', parentId: null } });
      expect(told(await stream.until('CREATE')).join('\n')).not.toContain('Projects');
    }
    expect((await office.ada.call('getExchange', { params: ben.params })).json.code).toBe('notFound');
    for (const stream of streams) await stream.leave();
  });

  test('ends at once when the sign-in does', async () => {
    for (const protocol of ['imap', 'pop3'] as const) {
      const ada = await signedIn('ada@example.org', protocol);
      const events = await listening(ada);
      await ada.person.signOut();
      await events.end();
    }
  });

  test('may be listened to four times at once, and again when streams have ended', async () => {
    const ada = await signedIn('ada@example.org', 'imap');
    const streams = [await listening(ada), await listening(ada), await listening(ada), await listening(ada)];
    const more = await ada.person.call('getExchange', { params: ada.params });
    expect([more.status, more.json.code]).toEqual([503, 'busy']);
    await streams[0]?.leave();
    await expect
      .poll(async () => {
        const response = await ada.person.open('getExchange', { params: ada.params });
        await response.body?.cancel();
        return response.status;
      })
      .toBe(200);
    for (const stream of streams.slice(1)) await stream.leave();
  });

  test('holds no secret where a server repeats it, and the log holds nothing of it', async () => {
    const words = `${password} ${base64(password)} ${base64(`\0ann\0${password}`)}`;
    const capability = 'IMAP4rev1 AUTH=PLAIN';
    const AUTHENTICATE: Answer = async (connection, tag) => {
      await connection.write('+ \r\n');
      const said = await connection.readLine();
      await connection.write(`* OK I heard ${said} ${words}\r\n${tag} OK in\r\n`);
    };
    const NOOP: Answer = async (connection, tag) => connection.write(`* OK still ${words}\r\n${tag} OK\r\n`);
    const server = await startScriptedServer(imapScript({ capability, answers: { AUTHENTICATE, NOOP } }));
    closing.push(server.stop);
    const product = await startProduct(office.mail, { MAIL_IMAP: `imap+insecure://127.0.0.1:${server.port}` });
    closing.push(product.stop);
    const ann = createPerson(product.url, office.conformity);
    expect(await ann.signIn({ username: 'ann', password })).toBeNull();
    const params = { accountId: (await ann.call('getSession')).json.accounts[0].id as string };
    const events = await listening({ person: ann, params });
    const [inbox] = (await ann.call('listMailboxes', { params })).json.mailboxes;
    for (let times = 0; times < 2; times += 1)
      await ann.call('listMessages', { params: { ...params, mailboxId: inbox.id } });
    const all = told(await events.until('still')).join('\n');
    expect(all).toContain('still •••• •••• ••••');
    for (const secret of words.split(' ')) expect(all).not.toContain(secret);
    expect(product.log()).not.toMatch(/still|UID FETCH/);
    for (const secret of [password, base64(password)]) expect(product.log()).not.toContain(secret);
    await events.leave();
  });
});
