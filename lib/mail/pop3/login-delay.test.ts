import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { databases, type TestStore } from '../../store/testing/databases.ts';
import { type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { verifyPop3Login } from './driver.ts';
import { inboxId } from './inbox.ts';
import type { Pop3Limits } from './limits.ts';
import { loginDelayOf, noteSignIn } from './login-delay.ts';
import { openTestAccount, pop3Url } from './testing/account.ts';
import { plainMail } from './testing/mail.ts';
import { playMaildrop } from './testing/scripted-maildrop.ts';

const page = { mailboxId: inboxId, position: 0, limit: 50 };
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

/** A server that refuses who comes again within `seconds`, and says so in CAPA. */
async function serve(seconds: number, username: string, limits: Partial<Pop3Limits> = {}) {
  let last = 0;
  let refused = 0;
  const server = await startScriptedServer(
    playMaildrop({
      capabilities: ['TOP', 'UIDL', 'USER', `LOGIN-DELAY ${seconds}`],
      messages: ['a', 'b'].map((uidl) => ({ uidl, bytes: plainMail(uidl) })),
      on: {
        async PASS(client) {
          const isTooSoon = Date.now() < last + seconds * 1000;
          if (isTooSoon) refused += 1;
          else last = Date.now();
          await client.write(isTooSoon ? '-ERR [LOGIN-DELAY] not so fast\r\n' : '+OK\r\n');
          return true;
        },
      },
    }),
  );
  servers.push(server);
  const driver = await openTestAccount(opened.store, { port: server.port }, { username, password: 'secret' }, limits);
  return { driver, server, refusedCount: () => refused };
}

describe('a server that wants time between sign-ins', () => {
  it('is waited for where that is short, by everyone in turn', async () => {
    const { driver, server, refusedCount } = await serve(1, 'short');
    const { items } = await driver.listMessages(page);
    const since = Date.now();
    const opened = await Promise.all(items.map(({ id }) => driver.getMessage({ id })));
    expect(opened.map(({ subject }) => subject)).toEqual(['b', 'a']);
    expect(Date.now() - since).toBeGreaterThan(1_500);
    expect(refusedCount()).toBe(0);
    expect(server.connections).toHaveLength(3);
  });

  it('lists what it listed last, with our flags of now, and counts it', async () => {
    const { driver, server } = await serve(900, 'long');
    const { items } = await driver.listMessages(page);
    await driver.setKeywords({ ids: [items[0]?.id ?? ''], add: ['$seen'], remove: [] });
    const again = await driver.listMessages(page);
    expect(again.items.map(({ subject, keywords }) => [subject, keywords])).toEqual([
      ['b', ['$seen']],
      ['a', []],
    ]);
    const [inbox] = await driver.listMailboxes({ counts: true });
    expect(inbox).toMatchObject({ totalMessages: 2, unreadMessages: 1 });
    expect(server.connections).toHaveLength(1);
  });

  it('is not asked before its time where that is long, and the person is told when', async () => {
    const { driver, server, refusedCount } = await serve(900, 'told');
    const { items } = await driver.listMessages(page);
    const error = await driver.getMessage({ id: items[0]?.id ?? '' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'throttled', retryAfterMs: 900_000 });
    expect(refusedCount()).toBe(0);
    expect(server.connections).toHaveLength(1);
  });

  it('is tried once more where another client came first', async () => {
    const { driver, server } = await serve(1, 'other');
    const other = await openTestAccount(opened.store, { port: server.port }, { username: 'another', password: 'x' });
    await other.listMessages(page);
    expect((await driver.listMessages(page)).items).toHaveLength(2);
    expect(server.connections).toHaveLength(3);
  });

  it('is waited for by a collection that somebody asked for, which then takes all in one session', async () => {
    const { driver, server, refusedCount } = await serve(1, 'patient', { patienceMs: 0 });
    await driver.listMessages(page);
    await expect(driver.maildrop?.collect()).rejects.toMatchObject({ code: 'throttled' });
    await driver.maildrop?.collect({ isPatient: true });
    expect(await driver.maildrop?.report()).toMatchObject({ here: { messages: 2 }, collection: { problem: null } });
    expect([server.connections.length, refusedCount()]).toEqual([2, 0]);
    // One that waits ends with the sign-in, or when it is stopped.
    const stopped = driver.maildrop?.collect({ isPatient: true });
    driver.maildrop?.stopCollection();
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const closed = driver.maildrop?.collect({ isPatient: true });
    await driver.close();
    await expect(closed).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('has let in whose login was just checked: the first list is asked for in the same session, by that password alone', async () => {
    const { server } = await serve(900, 'checked');
    const url = pop3Url({ port: server.port });
    const login = { username: 'checked', password: 'secret' };
    await verifyPop3Login(url, login);
    const other = openTestAccount(opened.store, { port: server.port }, { ...login, password: 'guessed' });
    await expect((await other).listMessages(page)).rejects.toMatchObject({ code: 'throttled' });
    const driver = await openTestAccount(opened.store, { port: server.port }, login);
    expect(await driver.listMessages(page)).toMatchObject({ total: 2 });
    expect(server.connections).toHaveLength(1);
  });

  it('is waited for no longer where the clock is moved back meanwhile', async () => {
    noteSignIn('clock', 900_000);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 365 * 24 * 3600 * 1000 });
    expect(loginDelayOf('clock')).toBeLessThanOrEqual(900_000);
    vi.useRealTimers();
    expect(loginDelayOf('clock')).toBeGreaterThan(800_000);
  });

  it('tells the next sign-in that its list is of before', async () => {
    const { driver } = await serve(900, 'gone');
    await driver.listMessages(page);
    await driver.close();
    const next = await openTestAccount(
      opened.store,
      { port: servers.at(-1)?.port ?? 0 },
      { username: 'gone', password: 'secret' },
    );
    expect(await next.listMessages(page)).toMatchObject({ total: 2, problem: 'throttled' });
  });
});
