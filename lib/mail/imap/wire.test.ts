import { afterEach, describe, expect, it } from 'vitest';
import { mailboxIdOf } from '../ids.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { countOf, imapScript } from '../testing/scripted-imap.ts';
import { type ScriptedConnection, type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { connectImap } from './connect.ts';
import { createImapDriver } from './driver.ts';
import { fetchRows } from './fetch.ts';
import { closePool } from './pool.ts';
import { searchUids } from './search-uids.ts';
import { atom, execute, text } from './wire.ts';

const login = { username: 'ann', password: 'secret' };

describe('the wire', () => {
  const servers: ScriptedServer[] = [];
  const start = async (script: Parameters<typeof imapScript>[0]) => {
    const server = await startScriptedServer(imapScript(script));
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await closePool(0);
    for (const server of servers.splice(0)) await server.stop();
  });

  it('ends IDLE before a command, and does not wait for ever', async () => {
    const server = await start({
      capability: 'IMAP4rev1 IDLE',
      answers: {
        async IDLE(connection, tag) {
          await connection.write('+ idling\r\n');
          expect(await connection.readLine()).toBe('DONE');
          await connection.write(`${tag} OK done\r\n`);
        },
      },
    });
    const client = await connectImap({ server: plainImap(server.port), login, idleDelayMs: 5 });
    await client.mailboxOpen('INBOX');
    await expect.poll(() => countOf(server.connections, 'IDLE')).toBe(1);
    const answer = await execute(client, { name: 'NOOP', deadlineMs: 2000 });
    expect(answer.command).toBe('OK');
    client.close();
  });

  it('closes the connection of a command that is not answered in time', async () => {
    const server = await start({ answers: { NOOP: (connection) => connection.stall() } });
    const client = await connectImap({ server: plainImap(server.port), login });
    await expect(execute(client, { name: 'NOOP', deadlineMs: 100 })).rejects.toMatchObject({ code: 'timeout' });
    expect(client.usable).toBe(false);
  });

  it('takes a message that a search names a hundred thousand times for one', async () => {
    const times = 100_000;
    const answer = async (connection: ScriptedConnection, tag: string) =>
      connection.write(`* SEARCH${' 1'.repeat(times)}\r\n${tag} OK done\r\n`);
    const server = await start({ answers: { 'UID SEARCH': answer } });
    const client = await connectImap({ server: plainImap(server.port), login });
    await client.mailboxOpen('INBOX');
    expect(await searchUids(client, [atom('ALL')])).toEqual([1]);
    client.close();
  });

  it('refuses what would end the command and begin another', () => {
    for (const value of ['a\r\nb', 'a\nb', 'a\0b'])
      expect(() => text(value)).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(text('plain')).toEqual({ type: 'STRING', value: 'plain' });
    expect(text('Grüße')).toEqual({ type: 'LITERAL', value: Buffer.from('Grüße') });
  });

  it('tells flag changes that come unasked within a FETCH, and does not take them for rows', async () => {
    const server = await start({
      answers: {
        'UID FETCH': async (connection, tag) =>
          connection.write(
            `* 9 FETCH (UID 99 FLAGS (\\Flagged))\r\n* 1 FETCH (UID 1)\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n${tag} OK\r\n`,
          ),
      },
    });
    const client = await connectImap({ server: plainImap(server.port), login });
    await client.mailboxOpen('INBOX');
    const told: (number | undefined)[] = [];
    client.on('flags', ({ uid }) => told.push(uid));
    const rows = await fetchRows(client, { range: '1', isUid: true, items: [atom('UID'), atom('FLAGS')] });
    expect(rows.map(({ uid, flags }) => [uid, flags])).toEqual([[1, ['\\Seen']]]);
    await expect.poll(() => told).toEqual([99, undefined]);
    client.close();
  });

  it.each([
    { what: 'not asked for', items: [atom('UID')], told: [1] },
    { what: 'asked for, that change meanwhile', items: [atom('UID'), atom('FLAGS')], told: [1] },
    { what: 'asked for, that come once', items: [atom('UID'), atom('FLAGS')], once: true, told: [] },
  ])('tells of flags of the same message that were $what', async ({ items, once, told }) => {
    const flags = '* 1 FETCH (UID 1 FLAGS (\\Seen $Label1))\r\n';
    const first = items.length === 1 ? '* 1 FETCH (UID 1)\r\n' : '* 1 FETCH (UID 1 FLAGS ())\r\n';
    const server = await start({
      answers: {
        'UID FETCH': async (connection, tag) => connection.write(`${once ? '' : first}${flags}${tag} OK\r\n`),
      },
    });
    const client = await connectImap({ server: plainImap(server.port), login });
    await client.mailboxOpen('INBOX');
    const heard: (number | undefined)[] = [];
    client.on('flags', ({ uid }) => heard.push(uid));
    const rows = await fetchRows(client, { range: '1', isUid: true, items });
    expect(rows).toMatchObject([{ uid: 1, flags: ['\\Seen', '$Label1'] }]);
    await client.noop();
    expect(heard).toEqual(told);
    client.close();
  });

  it('keeps two messages apart whose number is the same, where one was expunged while UID FETCH is answered', async () => {
    const server = await start({
      answers: {
        'UID FETCH': async (connection, tag) =>
          connection.write(
            `* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n* 1 EXPUNGE\r\n* 1 FETCH (UID 2 FLAGS ())\r\n${tag} OK\r\n`,
          ),
      },
    });
    const client = await connectImap({ server: plainImap(server.port), login });
    await client.mailboxOpen('INBOX');
    const rows = await fetchRows(client, { range: '1:2', isUid: true, items: [atom('UID'), atom('FLAGS')] });
    expect(rows.map(({ uid, flags }) => [uid, flags])).toEqual([
      [1, ['\\Seen']],
      [2, []],
    ]);
    client.close();
  });

  it('asks of a page that it knows for UIDs and flags alone, and opens a message that it knows in one round trip', async () => {
    const server = await start({});
    const driver = createImapDriver({
      key: { sessionId: 'known', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    const page = { mailboxId: mailboxIdOf('INBOX'), position: 0, limit: 50 };
    const first = await driver.listMessages(page);
    await driver.listMessages(page);
    await driver.getMessage({ id: first.items[0]?.id ?? '' });
    const commands = server.connections[0]?.received.map((line) => line.slice(line.indexOf(' ') + 1)) ?? [];
    expect(server.connections).toHaveLength(1);
    expect(commands.slice(commands.indexOf('SELECT INBOX'))).toEqual([
      'SELECT INBOX',
      'FETCH 1:1 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)',
      'UID FETCH 1 (UID BODY.PEEK[1]<0.1024>)',
      'NOOP',
      'FETCH 1:1 (UID FLAGS)',
      'NOOP',
      'UID FETCH 1 (UID FLAGS BODY.PEEK[HEADER]<0.1048577> BODY.PEEK[1]<0.3145728>)',
    ]);
    expect(commands.join('\n')).not.toMatch(/BODY\[/);
  });

  it('stops a search that goes on by closing its connection', async () => {
    const server = await start({ answers: { 'UID SEARCH': (connection) => connection.stall() } });
    const driver = createImapDriver({
      key: { sessionId: 'stops', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    const stop = new AbortController();
    const search = driver.search(
      { query: { type: 'text', text: 'x' }, mailboxId: mailboxIdOf('INBOX') },
      { signal: stop.signal },
    );
    const ended = search[Symbol.asyncIterator]().next();
    await expect.poll(() => countOf(server.connections, 'UID SEARCH')).toBe(1);
    stop.abort();
    await expect(ended).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('searches the newest first, in windows that a stop can come between', async () => {
    const server = await start({
      answers: {
        SELECT: async (connection, tag) =>
          connection.write(`* 10000 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 10001] ok\r\n${tag} OK\r\n`),
        'UID SEARCH': async (connection, tag, line) =>
          connection.write(`* SEARCH ${line.includes('8001:10000') ? '1' : ''}\r\n${tag} OK\r\n`),
      },
    });
    const driver = createImapDriver({
      key: { sessionId: 'windows', accountId: 'a' },
      server: plainImap(server.port),
      login,
    });
    const types: string[] = [];
    for await (const event of driver.search({ query: { type: 'subject', text: 'x' }, mailboxId: mailboxIdOf('INBOX') }))
      types.push(event.type);
    const searches = server.connections
      .flatMap(({ received }) => received.filter((line) => line.includes('UID SEARCH')))
      .map((line) => line.replace(/^\S+ /, ''));
    expect(searches).toEqual([
      'UID SEARCH 8001:10000 SUBJECT "x"',
      'UID SEARCH 4001:8000 SUBJECT "x"',
      'UID SEARCH 1:4000 SUBJECT "x"',
    ]);
    expect(types).toEqual(['hits', 'progress', 'progress', 'progress', 'done']);
  });
});
