import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mailboxIdOf } from '../ids.ts';
import type { MailboxChange } from '../model.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { letter } from '../testing/letters.ts';
import { manyUsers, openElsewhere } from '../testing/people.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { type Answer, countOf, imapScript } from '../testing/scripted-imap.ts';
import { startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool, poolStatus } from './pool.ts';

/** As long as a busy machine takes. */
const until = { timeout: 10_000 };

/** What `watch` tells, gathered, until `stop`. */
function listenTo(driver: ReturnType<typeof createImapDriver>, mailboxId: string | null) {
  const changes: MailboxChange[] = [];
  const stop = new AbortController();
  const told = { changes, mailboxes: 0, isWatching: false };
  const ended = driver.watch(
    {
      mailboxId,
      onChange: (change) => changes.push(change),
      onMailboxes: () => {
        told.mailboxes += 1;
      },
      onWatching: () => {
        told.isWatching = true;
      },
    },
    { signal: stop.signal },
  );
  const kinds = (path: string) =>
    changes.filter((change) => change.mailboxId === mailboxIdOf(path)).map(({ kind }) => kind);
  return {
    told,
    kinds,
    async end() {
      stop.abort();
      await ended;
    },
  };
}

describe('watching every mailbox of a server that offers NOTIFY', () => {
  const users = manyUsers(10);
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot({ users: [...users] });
  });
  afterEach(() => closePool(0));
  afterAll(() => dovecot.stop());

  async function someone(perAccount = 4) {
    const login = users.shift();
    if (!login) throw new Error('no more people');
    const driver = createImapDriver({
      key: { sessionId: login.username, accountId: 'a' },
      server: plainImap(dovecot.ports.imap),
      login,
      limits: { perAccount, idleDelayMs: 20 },
    });
    const elsewhere = await openElsewhere(dovecot, login);
    await elsewhere.raw.command('CREATE Looked');
    await elsewhere.raw.command('CREATE Other');
    return { login, driver, elsewhere };
  }

  it('tells what comes, is read and goes where nobody looks, over one connection', async () => {
    const { driver, elsewhere } = await someone();
    const { told, kinds, end } = listenTo(driver, mailboxIdOf('Looked'));
    // Told once it listens: what happened until then was not.
    await expect.poll(() => told.mailboxes, until).toBe(1);
    expect(poolStatus()).toMatchObject({ open: 1, idle: 1 });
    await elsewhere.deliver(letter(), { mailbox: 'Other' });
    await expect.poll(() => kinds('Other'), until).toEqual(['created']);
    await elsewhere.raw.command('SELECT Other');
    await elsewhere.raw.command('STORE 1 +FLAGS (\\Seen)');
    await expect.poll(() => kinds('Other'), until).toEqual(['created', 'updated']);
    await elsewhere.raw.command('STORE 1 +FLAGS (\\Deleted)');
    await elsewhere.raw.command('EXPUNGE');
    await expect.poll(() => kinds('Other').at(-1), until).toBe('destroyed');
    // What is selected there, and the Inbox, are told of as ever.
    await elsewhere.deliver(letter());
    await elsewhere.deliver(letter(), { mailbox: 'Looked' });
    await expect
      .poll(() => [kinds('INBOX'), kinds('Looked')], until)
      .toEqual([[expect.stringMatching('created')], expect.arrayContaining(['created'])]);
    expect(poolStatus().open).toBe(1);
    await end();
  }, 20_000);

  it('tells when a folder is made, renamed, subscribed to and deleted by another client', async () => {
    const { driver, elsewhere } = await someone();
    const { told, kinds, end } = listenTo(driver, null);
    await expect.poll(() => told.mailboxes, until).toBe(1);
    for (const command of ['CREATE Fresh', 'RENAME Fresh Old', 'SUBSCRIBE Old']) {
      const before = told.mailboxes;
      await elsewhere.raw.command(command);
      await expect.poll(() => told.mailboxes, { ...until, message: command }).toBeGreaterThan(before);
    }
    await elsewhere.deliver(letter(), { mailbox: 'Old' });
    await expect.poll(() => kinds('Old'), until).toHaveLength(1);
    const before = told.mailboxes;
    await elsewhere.raw.command('DELETE Old');
    await expect.poll(() => told.mailboxes, until).toBeGreaterThan(before);
    // What has gone is not believed to be there.
    const { signal } = new AbortController();
    await expect(
      driver.watch({ mailboxId: mailboxIdOf('Old'), onChange: () => undefined }, { signal }),
    ).rejects.toMatchObject({ code: 'notFound' });
    await end();
  }, 20_000);

  it('listens again to all when its connection was lost, and says that something may have been missed', async () => {
    const { login, driver, elsewhere } = await someone();
    const { told, kinds, end } = listenTo(driver, mailboxIdOf('Looked'));
    await expect.poll(() => told.mailboxes, until).toBe(1);
    elsewhere.close();
    dovecot.killSessions(login.username);
    await expect
      .poll(() => [told.mailboxes, kinds('INBOX'), kinds('Looked')], until)
      .toEqual([2, ['unknown'], ['unknown']]);
    const again = await openElsewhere(dovecot, login);
    await again.deliver(letter(), { mailbox: 'Other' });
    await expect.poll(() => kinds('Other'), until).toEqual(['created']);
    await end();
  }, 30_000);

  it('goes on telling while its only connection serves other mailboxes, whose answers stay their own', async () => {
    const { driver, elsewhere } = await someone(1);
    const { told, kinds, end } = listenTo(driver, null);
    await expect.poll(() => told.mailboxes, until).toBe(1);
    await elsewhere.deliver(letter(), { mailbox: 'Other' });
    const page = await driver.listMessages({ mailboxId: mailboxIdOf('Other'), position: 0, limit: 10 });
    expect(page.total).toBe(1);
    await elsewhere.deliver(letter());
    await expect.poll(() => kinds('INBOX'), until).toContain('created');
    const counts = (await driver.listMailboxes({ counts: true })).map(({ name, totalMessages }) => [
      name,
      totalMessages,
    ]);
    expect(Object.fromEntries(counts)).toEqual({ INBOX: 1, Looked: 0, Other: 1 });
    expect(poolStatus().open).toBe(1);
    await end();
  }, 20_000);
});

describe('a server that offers NOTIFY, and', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await closePool(0);
    for (const stop of stops.splice(0)) await stop();
  });

  /** A server whose answers to NOTIFY and STATUS are given; `say` writes what nobody asked for to the first connection. */
  async function scripted(notify: string, answers: Record<string, Answer> = {}) {
    const server = await startScriptedServer(
      imapScript({
        capability: 'IMAP4rev1 UIDPLUS MOVE IDLE NOTIFY',
        answers: {
          NOTIFY: async (connection, tag) => connection.write(notify.replaceAll('TAG', tag)),
          IDLE: async (connection, tag) => {
            await connection.write('+ idling\r\n');
            await connection.readLine();
            await connection.write(`${tag} OK done\r\n`);
          },
          ...answers,
        },
      }),
    );
    stops.push(server.stop);
    const driver = createImapDriver({
      key: { sessionId: String(server.port), accountId: 'a' },
      server: plainImap(server.port),
      login: { username: 'ann', password: 'secret' },
      limits: { perAccount: 1, idleDelayMs: 5 },
    });
    const say = async (lines: string) => server.connections.at(-1)?.write(lines);
    return { ...server, driver, say };
  }

  const status = (name: string, next: number) =>
    `* STATUS ${name} (MESSAGES ${next - 1} UIDNEXT ${next} UIDVALIDITY 7 UNSEEN 1)\r\n`;

  it('refuses it, is watched as others are, and not asked again', async () => {
    const { driver, connections, say } = await scripted('TAG NO [BADEVENT (MessageNew)] never\r\n');
    const { told, kinds, end } = listenTo(driver, null);
    await expect.poll(() => countOf(connections, 'IDLE'), until).toBeGreaterThan(0);
    await say('* STATUS Other (MESSAGES 9 UIDNEXT 10 UIDVALIDITY 7)\r\n* LIST () "/" New\r\n* 2 EXISTS\r\n');
    await expect.poll(() => kinds('INBOX'), until).toContain('created');
    expect(kinds('Other')).toEqual([]);
    expect(told.mailboxes).toBe(0);
    await end();
    const again = listenTo(driver, null);
    await expect.poll(() => again.told.isWatching, until).toBe(true);
    await driver.listMailboxes({ counts: false });
    expect(countOf(connections, 'NOTIFY')).toBe(1);
    await again.end();
  });

  it('finds it too much later on, is watched as others are from then on', async () => {
    const { driver, connections, say } = await scripted(`${status('Other', 5)}TAG OK\r\n`);
    const { told, kinds, end } = listenTo(driver, null);
    await expect.poll(() => told.mailboxes, until).toBe(1);
    await say(status('Other', 6));
    await expect.poll(() => kinds('Other'), until).toEqual(['created']);
    await say('* OK [NOTIFICATIONOVERFLOW] too much\r\n');
    await expect.poll(() => [told.mailboxes, kinds('INBOX')], until).toEqual([2, ['unknown']]);
    await say(`${status('Other', 9)}* LIST () "/" New\r\n* 2 EXISTS\r\n`);
    await expect.poll(() => kinds('INBOX'), until).toEqual(['unknown', 'created']);
    expect(kinds('Other')).toEqual(['created']);
    expect(countOf(connections, 'NOTIFY')).toBe(1);
    await end();
  });

  it('tells of very many at once, which is told as one, and of as many without end is left', async () => {
    const { driver, connections, say } = await scripted('TAG OK\r\n');
    const { told, kinds, end } = listenTo(driver, null);
    await expect.poll(() => told.mailboxes, until).toBe(1);
    const many = Array.from({ length: 3000 }, (_, index) => status(`Folder${index}`, 2)).join('');
    await say(`${many}${status('INBOX', 3)}`);
    await expect.poll(() => kinds('INBOX'), until).toEqual(['created']);
    expect(told.mailboxes).toBeGreaterThan(1);
    expect(told.changes.length).toBeLessThan(1500);
    expect(connections).toHaveLength(1);
    await Promise.allSettled([1, 2, 3].map((time) => say(many.replaceAll('UNSEEN 1', `UNSEEN 1${time}`))));
    await expect.poll(() => connections.length, until).toBe(2);
    await expect.poll(() => countOf(connections.slice(1), 'IDLE'), until).toBeGreaterThan(0);
    expect(countOf(connections, 'NOTIFY')).toBe(1);
    await expect.poll(() => kinds('INBOX'), until).toContain('unknown');
    await end();
  }, 20_000);

  it('tells of others while it is asked about one: the answer is of that one', async () => {
    const { driver, say } = await scripted('TAG OK\r\n', {
      LIST: async (connection, tag) =>
        connection.write(`* LIST () "/" "INBOX"\r\n* LIST () "/" "Other"\r\n${tag} OK done\r\n`),
      STATUS: async (connection, tag, line) => {
        const name = /STATUS (\S+)/.exec(line)?.[1] ?? '';
        await connection.write(`${status(name, 4)}${status('Third', 100)}${tag} OK done\r\n`);
      },
    });
    const { told, kinds, end } = listenTo(driver, null);
    await expect.poll(() => told.mailboxes, until).toBe(1);
    const counted = await driver.listMailboxes({ counts: true });
    expect(counted.map(({ name, totalMessages }) => [name, totalMessages])).toEqual([
      ['INBOX', 3],
      ['Other', 3],
    ]);
    await say(status('Third', 101));
    await expect.poll(() => kinds('Third'), until).toContain('created');
    await end();
  });
});
