import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mailboxIdOf } from '../ids.ts';
import type { MailboxChange } from '../model.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { letter } from '../testing/letters.ts';
import { manyUsers, openElsewhere } from '../testing/people.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { countOf, imapScript } from '../testing/scripted-imap.ts';
import { startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool, poolStatus } from './pool.ts';

describe('watching', () => {
  const users = manyUsers(10);
  let dovecot: Dovecot;
  beforeAll(async () => {
    // With NOTIFY it is another way: notify.test.ts.
    dovecot = await startDovecot({ users: [...users], withoutCapabilities: ['NOTIFY'] });
  });
  afterEach(() => closePool(0));
  afterAll(() => dovecot.stop());

  async function someone(perAccount = 4, idleDelayMs = 20) {
    const login = users.shift();
    if (!login) throw new Error('no more people');
    const server = plainImap(dovecot.ports.imap);
    const driver = createImapDriver({
      key: { sessionId: login.username, accountId: 'a' },
      server,
      login,
      limits: { perAccount, idleDelayMs },
    });
    const elsewhere = await openElsewhere(dovecot, login);
    await elsewhere.raw.command('CREATE Looked');
    const changes: MailboxChange[] = [];
    const stop = new AbortController();
    const seen = (path: string, ...kinds: string[]) =>
      changes.some(({ mailboxId, kind }) => mailboxId === mailboxIdOf(path) && kinds.includes(kind));
    return { login, driver, elsewhere, changes, stop, seen };
  }

  it('tells of what is looked at and of the Inbox, and of nothing else', async () => {
    const { driver, elsewhere, changes, stop, seen } = await someone();
    await elsewhere.raw.command('CREATE Unseen');
    const ended = driver.watch(
      { mailboxId: mailboxIdOf('Looked'), onChange: (change) => changes.push(change) },
      { signal: stop.signal },
    );
    await expect.poll(() => poolStatus()).toMatchObject({ open: 2, idle: 2 });
    await elsewhere.deliver(letter(), { mailbox: 'Unseen' });
    await elsewhere.deliver(letter(), { mailbox: 'Looked' });
    await elsewhere.deliver(letter());
    await expect.poll(() => seen('Looked', 'created') && seen('INBOX', 'created'), { timeout: 10_000 }).toBe(true);
    expect(changes.some(({ mailboxId }) => mailboxId === mailboxIdOf('Unseen'))).toBe(false);
    stop.abort();
    await ended;
  }, 20_000);

  it('says when it watches: what comes from then on is told, however soon', async () => {
    const { driver, elsewhere, changes, stop, seen } = await someone();
    let ended: Promise<void> = Promise.resolve();
    await new Promise<void>((onWatching) => {
      const onChange = (change: MailboxChange) => changes.push(change);
      ended = driver.watch({ mailboxId: mailboxIdOf('Looked'), onChange, onWatching }, { signal: stop.signal });
    });
    await elsewhere.deliver(letter(), { mailbox: 'Looked' });
    await expect.poll(() => seen('Looked', 'created', 'unknown'), { timeout: 10_000 }).toBe(true);
    stop.abort();
    await ended;
  }, 20_000);

  it('goes on after its connection was lost, and tells that something may have been missed', async () => {
    const { login, driver, elsewhere, changes, stop, seen } = await someone();
    const ended = driver.watch(
      { mailboxId: null, onChange: (change) => changes.push(change) },
      { signal: stop.signal },
    );
    await expect.poll(() => poolStatus().open).toBe(1);
    elsewhere.close();
    dovecot.killSessions(login.username);
    await expect.poll(() => seen('INBOX', 'unknown'), { timeout: 10_000 }).toBe(true);
    const again = await openElsewhere(dovecot, login);
    await again.deliver(letter());
    await expect.poll(() => seen('INBOX', 'created'), { timeout: 10_000 }).toBe(true);
    stop.abort();
    await ended;
  }, 30_000);

  it('shares its only connection with the requests', async () => {
    const { driver, elsewhere, changes, stop, seen } = await someone(1);
    const ended = driver.watch(
      { mailboxId: null, onChange: (change) => changes.push(change) },
      { signal: stop.signal },
    );
    await expect.poll(() => poolStatus()).toMatchObject({ open: 1, idle: 1 });
    for (let turn = 0; turn < 3; turn += 1)
      await driver.listMessages({ mailboxId: mailboxIdOf('Looked'), position: 0, limit: 10 });
    await elsewhere.deliver(letter());
    await expect.poll(() => seen('INBOX', 'created', 'unknown'), { timeout: 10_000 }).toBe(true);
    expect(poolStatus().open).toBe(1);
    stop.abort();
    await ended;
  }, 20_000);

  it('tells of flags that come among the answers to a request of our own, and of those that we set', async () => {
    // A connection that does not idle hears of others at the end of its own commands only.
    const { driver, elsewhere, changes, stop, seen } = await someone(1, 60_000);
    for (const _ of [1, 2]) await elsewhere.deliver(letter());
    const inbox = { mailboxId: mailboxIdOf('INBOX'), position: 0, limit: 10 };
    const id = (await driver.listMessages(inbox)).items[0]?.id ?? '';
    let ended: Promise<void> = Promise.resolve();
    await new Promise<void>((onWatching) => {
      const onChange = (change: MailboxChange) => changes.push(change);
      ended = driver.watch({ mailboxId: null, onChange, onWatching }, { signal: stop.signal });
    });
    await elsewhere.raw.command('SELECT INBOX');
    const isTold = async (work: () => Promise<unknown>) => {
      changes.length = 0;
      await work();
      await expect.poll(() => seen('INBOX', 'updated')).toBe(true);
    };
    for (const uid of [1, 2])
      await isTold(async () => {
        await elsewhere.raw.command(`UID STORE ${uid} +FLAGS (elsewhere)`);
        await driver.getMessage({ id });
      });
    await isTold(() => driver.setKeywords({ ids: [id], add: ['$seen'], remove: [] }));
    changes.length = 0;
    await driver.getMessage({ id });
    await driver.listMessages(inbox);
    expect(seen('INBOX', 'updated')).toBe(false);
    stop.abort();
    await ended;
  }, 20_000);

  it('refuses a mailbox that is not there, and a wrong password', async () => {
    const { login, driver } = await someone();
    const { signal } = new AbortController();
    await expect(
      driver.watch({ mailboxId: mailboxIdOf('Nowhere'), onChange: () => undefined }, { signal }),
    ).rejects.toMatchObject({ code: 'notFound' });
    const server = plainImap(dovecot.ports.imap);
    const wrong = createImapDriver({
      key: { sessionId: 'wrong', accountId: 'a' },
      server,
      login: { ...login, password: 'no' },
    });
    await expect(wrong.watch({ mailboxId: null, onChange: () => undefined }, { signal })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('ends when a password that was good is refused later, and does not try it again', async () => {
    let isGood = true;
    const refusing = await startScriptedServer(
      imapScript({
        answers: {
          LOGIN: async (connection, tag) =>
            connection.write(`${tag} ${isGood ? 'OK' : 'NO [AUTHENTICATIONFAILED]'} answered\r\n`),
        },
      }),
    );
    const driver = createImapDriver({
      key: { sessionId: 'changed', accountId: 'a' },
      server: plainImap(refusing.port),
      login: { username: 'ann', password: 'secret' },
    });
    const { signal } = new AbortController();
    const ended = driver.watch({ mailboxId: null, onChange: () => undefined }, { signal });
    await expect.poll(() => poolStatus()).toMatchObject({ open: 1, idle: 1 });
    isGood = false;
    refusing.connections[0]?.reset();
    await expect(ended).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(countOf(refusing.connections, 'LOGIN')).toBe(2);
    await closePool(0);
    await refusing.stop();
  });
});
