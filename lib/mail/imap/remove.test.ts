import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { imapMessageIdOf, mailboxIdOf } from '../ids.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { letter } from '../testing/letters.ts';
import { manyUsers, openElsewhere } from '../testing/people.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { countOf, imapScript } from '../testing/scripted-imap.ts';
import { startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';

const inbox = { mailboxId: mailboxIdOf('INBOX'), position: 0, limit: 50 };

afterEach(() => closePool(0));

describe('removing on a server that expunges all or none', () => {
  const users = manyUsers(10);
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot({ users: [...users], withoutCapabilities: ['UIDPLUS', 'MOVE'] });
  });
  afterAll(() => dovecot.stop());

  async function someone(marked: string[]) {
    const login = users.shift();
    if (!login) throw new Error('no more people');
    const server = plainImap(dovecot.ports.imap);
    const driver = createImapDriver({ key: { sessionId: login.username, accountId: 'a' }, server, login });
    const elsewhere = await openElsewhere(dovecot, login);
    await elsewhere.raw.command('CREATE Target');
    for (const subject of ['Mine', 'Theirs'])
      await elsewhere.deliver(letter({ subject }), { flags: marked.includes(subject) ? '\\Deleted' : '' });
    const { items } = await driver.listMessages(inbox);
    const mine = items.find(({ subject }) => subject === 'Mine')?.id ?? '';
    return { driver, elsewhere, mine };
  }

  it('destroys where nobody else has marked anything', async () => {
    const { driver, elsewhere, mine } = await someone([]);
    expect(await driver.destroyMessages({ ids: [mine] })).toEqual([{ id: mine }]);
    expect(await elsewhere.flagsOf('Mine')).toBeNull();
    expect(await elsewhere.flagsOf('Theirs')).toEqual([]);
  });

  it('destroys nothing where it would take what others have marked', async () => {
    const { driver, elsewhere, mine } = await someone(['Theirs']);
    expect(await driver.destroyMessages({ ids: [mine] })).toMatchObject([{ id: mine, error: { code: 'unsupported' } }]);
    expect(await elsewhere.flagsOf('Mine')).toEqual([]);
    expect(await elsewhere.flagsOf('Theirs')).toEqual(['\\Deleted']);
  });

  it('moves by copy and expunge where nobody else has marked anything', async () => {
    const { driver, elsewhere, mine } = await someone([]);
    const [moved] = await driver.moveMessages({ ids: [mine], to: mailboxIdOf('Target') });
    expect(moved?.error).toBeUndefined();
    expect(await elsewhere.flagsOf('Mine')).toBeNull();
    expect(await elsewhere.flagsOf('Mine', 'Target')).toEqual([]);
  });

  it('leaves the original marked where the expunge would take what others have marked, and says so', async () => {
    const { driver, elsewhere, mine } = await someone(['Theirs']);
    const [moved] = await driver.moveMessages({ ids: [mine], to: mailboxIdOf('Target') });
    expect(moved?.error?.code).toBe('unsupported');
    expect(await elsewhere.flagsOf('Mine', 'Target')).toEqual([]);
    expect(await elsewhere.flagsOf('Mine')).toEqual(['\\Deleted']);
    expect(await elsewhere.flagsOf('Theirs')).toEqual(['\\Deleted']);
  });
});

describe('removing under refusals and losses', () => {
  const login = { username: 'ann', password: 'secret' };

  it('takes the mark back where the expunge is refused', async () => {
    const server = await startScriptedServer(
      imapScript({
        answers: {
          'UID SEARCH': async (connection, tag) => connection.write(`* SEARCH 1\r\n${tag} OK\r\n`),
          'UID EXPUNGE': async (connection, tag) => connection.write(`${tag} NO [NOPERM] you may not\r\n`),
        },
      }),
    );
    const driver = createImapDriver({
      key: { sessionId: 'refused', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    const { items } = await driver.listMessages(inbox);
    const [done] = await driver.destroyMessages({ ids: items.map(({ id }) => id) });
    expect(done?.error).toEqual({ code: 'forbidden', detail: 'you may not' });
    expect(countOf(server.connections, 'UID STORE 1 +FLAGS.SILENT (\\Deleted)')).toBe(1);
    expect(countOf(server.connections, 'UID STORE 1 -FLAGS.SILENT (\\Deleted)')).toBe(1);
    expect(countOf(server.connections, 'EXPUNGE')).toBe(0);
    await closePool(0);
    await server.stop();
  });

  it.each([
    { how: 'expunges nothing where others mark mail', isDone: false },
    { how: 'expunges where nobody marks any', isDone: true },
  ])('$how while ours is being marked, on a server that expunges all or none', async ({ isDone }) => {
    const marked = new Set<number>();
    const expunged: number[] = [];
    const server = await startScriptedServer(
      imapScript({
        capability: 'IMAP4rev1',
        answers: {
          'UID SEARCH': async (connection, tag, line) =>
            connection.write(
              `* SEARCH ${line.includes('DELETED') ? [...marked].join(' ') : '1'}\r\n${tag} OK done\r\n`,
            ),
          async 'UID STORE'(connection, tag, line) {
            if (line.includes('+FLAGS')) marked.add(1);
            else marked.delete(1);
            // Another client, at this very moment.
            if (!isDone) marked.add(2);
            await connection.write(`${tag} OK done\r\n`);
          },
          async EXPUNGE(connection, tag) {
            expunged.push(...marked);
            await connection.write(`${tag} OK done\r\n`);
          },
        },
      }),
    );
    const driver = createImapDriver({
      key: { sessionId: 'late', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    const { items } = await driver.listMessages(inbox);
    const [done] = await driver.destroyMessages({ ids: items.map(({ id }) => id) });
    expect(done?.error?.code).toBe(isDone ? undefined : 'unsupported');
    expect(expunged).toEqual(isDone ? [1] : []);
    expect([...marked]).toEqual(isDone ? [1] : [2]);
    await closePool(0);
    await server.stop();
  });

  it('tells what a move without COPYUID took from here done, and what was never here or stayed not', async () => {
    let uids = [1, 2, 3];
    const server = await startScriptedServer(
      imapScript({
        answers: {
          'UID SEARCH': async (connection, tag) => connection.write(`* SEARCH ${uids.join(' ')}\r\n${tag} OK done\r\n`),
          async 'UID MOVE'(connection, tag) {
            uids = [3];
            await connection.write(`* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n${tag} OK moved\r\n`);
          },
        },
      }),
    );
    const driver = createImapDriver({
      key: { sessionId: 'silent', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    const ids = [1, 2, 3, 99].map((uid) => imapMessageIdOf({ path: 'INBOX', uidValidity: 7, uid }));
    const moved = await driver.moveMessages({ ids, to: mailboxIdOf('Trash') });
    expect(moved.map(({ error, newId }) => [error?.code, newId])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      ['notFound', undefined],
      ['notFound', undefined],
    ]);
    await closePool(0);
    await server.stop();
  });

  it('tells of a move in several commands what was done before one of them was refused', async () => {
    const all = Array.from({ length: 3_000 }, (_, at) => 2 * at + 1);
    let here = all;
    let commands = 0;
    const server = await startScriptedServer(
      imapScript({
        answers: {
          'UID SEARCH': async (connection, tag) => connection.write(`* SEARCH ${here.join(' ')}\r\n${tag} OK done\r\n`),
          async 'UID MOVE'(connection, tag) {
            commands += 1;
            if (commands > 1) return connection.write(`${tag} NO [OVERQUOTA] full\r\n`);
            here = all.slice(1_500);
            return connection.write(`${tag} OK moved\r\n`);
          },
        },
      }),
    );
    const driver = createImapDriver({
      key: { sessionId: 'several', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    const ids = all.map((uid) => imapMessageIdOf({ path: 'INBOX', uidValidity: 7, uid }));
    const moved = await driver.moveMessages({ ids, to: mailboxIdOf('Trash') });
    expect(commands).toBe(2);
    const told = moved.map(({ error }) => error?.code);
    expect(told.slice(0, 1_500)).toEqual(Array.from({ length: 1_500 }, () => undefined));
    expect(told.at(-1)).toBe('overQuota');
    expect(told.slice(1_500).every((code) => code !== undefined)).toBe(true);
    await closePool(0);
    await server.stop();
  });

  it('does not call a move failed whose answer was lost', async () => {
    let isDone = false;
    const server = await startScriptedServer(
      imapScript({
        answers: {
          'UID SEARCH': async (connection, tag) =>
            connection.write(`* SEARCH${isDone ? '' : ' 1'}\r\n${tag} OK done\r\n`),
          async 'UID MOVE'(connection) {
            isDone = true;
            connection.reset();
          },
        },
      }),
    );
    const driver = createImapDriver({
      key: { sessionId: 'lost', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    const { items } = await driver.listMessages(inbox);
    const [id = ''] = items.map((item) => item.id);
    const foreign = imapMessageIdOf({ path: 'INBOX', uidValidity: 7, uid: 99 });
    expect(await driver.moveMessages({ ids: [id, foreign], to: mailboxIdOf('Trash') })).toEqual([
      { id },
      { id: foreign, error: { code: 'notFound' } },
    ]);
    expect(countOf(server.connections, 'UID MOVE')).toBe(1);
    await closePool(0);
    await server.stop();
  });

  it('does not call a removal failed whose answer was lost', async () => {
    let isGone = false;
    const server = await startScriptedServer(
      imapScript({
        answers: {
          'UID SEARCH': async (connection, tag) =>
            connection.write(`* SEARCH${isGone ? '' : ' 1'}\r\n${tag} OK done\r\n`),
          async 'UID EXPUNGE'(connection) {
            isGone = true;
            connection.reset();
          },
        },
      }),
    );
    const driver = createImapDriver({
      key: { sessionId: 'gone', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    const { items } = await driver.listMessages(inbox);
    const [id = ''] = items.map((item) => item.id);
    const foreign = imapMessageIdOf({ path: 'INBOX', uidValidity: 7, uid: 99 });
    expect(await driver.destroyMessages({ ids: [id, foreign] })).toEqual([
      { id },
      { id: foreign, error: { code: 'notFound' } },
    ]);
    expect(countOf(server.connections, 'UID EXPUNGE')).toBe(1);
    await closePool(0);
    await server.stop();
  });

  it('empties the Trash of what was in it, and not of what came while the connection was lost', async () => {
    let uids = [1];
    const server = await startScriptedServer(
      imapScript({
        answers: {
          LIST: async (connection, tag) =>
            connection.write(`* LIST () "/" INBOX\r\n* LIST (\\Trash) "/" Trash\r\n${tag} OK done\r\n`),
          async 'UID SEARCH'(connection, tag, line) {
            const found = line.includes('UID 1') ? uids.filter((uid) => uid === 1) : uids;
            await connection.write(`* SEARCH ${found.join(' ')}\r\n${tag} OK done\r\n`);
          },
          async 'UID EXPUNGE'(connection, tag) {
            if (uids.length > 1) return void (await connection.write(`${tag} OK done\r\n`));
            uids = [1, 2];
            connection.reset();
          },
        },
      }),
    );
    const driver = createImapDriver({
      key: { sessionId: 'empty', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    expect(await driver.emptyMailbox({ mailboxId: mailboxIdOf('Trash') })).toEqual({ destroyed: 1 });
    expect(countOf(server.connections, 'UID EXPUNGE 1')).toBe(2);
    expect(countOf(server.connections, 'UID STORE 1:2')).toBe(0);
    expect(countOf(server.connections, 'UID EXPUNGE 1:2')).toBe(0);
    await closePool(0);
    await server.stop();
  });

  it('keeps everything in its place where the move is refused', async () => {
    const server = await startScriptedServer(
      imapScript({
        answers: {
          'UID SEARCH': async (connection, tag) => connection.write(`* SEARCH 1\r\n${tag} OK done\r\n`),
          'UID MOVE': async (connection, tag) => connection.write(`${tag} NO [OVERQUOTA] full\r\n`),
        },
      }),
    );
    const driver = createImapDriver({
      key: { sessionId: 'full', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    const { items } = await driver.listMessages(inbox);
    const [done] = await driver.moveMessages({ ids: items.map(({ id }) => id), to: mailboxIdOf('Trash') });
    expect(done?.error?.code).toBe('overQuota');
    expect(countOf(server.connections, 'UID STORE')).toBe(0);
    await closePool(0);
    await server.stop();
  });
});
