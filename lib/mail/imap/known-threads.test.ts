import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mailboxIdOf } from '../ids.ts';
import type { MailboxChange } from '../model.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { type Letter, letter } from '../testing/letters.ts';
import { manyUsers, openElsewhere } from '../testing/people.ts';
import { type Answer, countOf, imapScript } from '../testing/scripted-imap.ts';
import { type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';
import { createThreadReader } from './thread-uids.ts';

const list = { mailboxId: mailboxIdOf('INBOX'), position: 0, limit: 50, collapse: true } as const;
const withId = (id: string, subject: string, references: string[] = [], rest: Letter = {}) =>
  letter({ subject, headers: references.length === 0 ? [] : [`References: ${references.join(' ')}`], ...rest }).replace(
    /Message-ID: .*/,
    `Message-ID: ${id}`,
  );

describe('conversations after the first time', () => {
  const users = manyUsers(8);
  let dovecot: Dovecot;
  let sessions = 0;
  const open = (login: { username: string; password: string }) => {
    sessions += 1;
    const key = { sessionId: `threads ${sessions}`, accountId: 'a' };
    const ca = readFileSync(dovecot.certificatePath, 'utf8');
    const tls = { security: 'tls', verifiesCertificate: true, ca } as const;
    const server = { protocol: 'imap', host: '127.0.0.1', port: dovecot.ports.imaps, ...tls } as const;
    return createImapDriver({ key, server, login });
  };
  const someone = async () => {
    const login = users.shift();
    if (!login) throw new Error('no more people');
    const driver = open(login);
    const lines: string[] = [];
    const stop = new AbortController();
    void driver.trace({ onLine: ({ text }) => lines.push(text), onSkipped: () => undefined }, { signal: stop.signal });
    const elsewhere = await openElsewhere(dovecot, login);
    const asked = () => lines.filter((line) => line.startsWith('UID THREAD')).length;
    return { driver, elsewhere, lines, asked, afresh: () => open(login), close: () => elsewhere.close() };
  };
  beforeAll(async () => {
    dovecot = await startDovecot({ users });
  });
  afterEach(() => closePool(0));
  afterAll(() => dovecot?.stop());
  const told = ({ items }: { items: { subject: string; thread?: { count: number } }[] }) =>
    items.map(({ subject, thread }) => `${subject} ${thread?.count ?? 1}`);

  it('new mail is placed by what it answers, and the server is not waited for', async () => {
    const { driver, elsewhere, asked, close } = await someone();
    await elsewhere.deliver(withId('<a@t>', 'Tide'));
    await elsewhere.deliver(withId('<l@t>', 'Lunch'));
    await driver.listMessages(list);
    expect(asked()).toBe(1);
    await elsewhere.deliver(withId('<b@t>', 'Re: Tide', ['<a@t>']));
    await elsewhere.deliver(withId('<c@t>', 'Re: Tide', ['<a@t>', '<b@t>']));
    await elsewhere.deliver(withId('<n@t>', 'News'));
    expect(told(await driver.listMessages(list))).toEqual(['News 1', 'Re: Tide 3', 'Lunch 1']);
    await elsewhere.expunge('Lunch');
    expect(told(await driver.listMessages(list))).toEqual(['News 1', 'Re: Tide 3']);
    expect(asked()).toBe(1);
    await expect.poll(asked, { timeout: 5_000 }).toBe(2);
    expect(told(await driver.listMessages(list))).toEqual(['News 1', 'Re: Tide 3']);
    close();
  });

  it('that have not changed cost what their flags cost, and a change by others is seen all the same', async () => {
    const { driver, elsewhere, lines, close } = await someone();
    await elsewhere.deliver(withId('<a@t>', 'Tide'));
    await elsewhere.deliver(withId('<b@t>', 'Re: Tide', ['<a@t>']));
    await driver.listMessages(list);
    await driver.listMessages(list);
    const before = lines.length;
    expect(told(await driver.listMessages(list))).toEqual(['Re: Tide 2']);
    expect(lines.slice(before).filter((line) => /^(NOOP|UID|FETCH)/.test(line))).toEqual([
      'NOOP',
      'UID FETCH 1:2 (UID FLAGS)',
    ]);
    // One came and one went: as many as before.
    await elsewhere.deliver(withId('<n@t>', 'News'));
    await elsewhere.expunge('Re: Tide');
    expect(told(await driver.listMessages(list))).toEqual(['News 1', 'Tide 1']);
    close();
  });

  it('what was moved away and came back stands together at once', async () => {
    const { driver, elsewhere, close } = await someone();
    await elsewhere.deliver(withId('<a@t>', 'Tide'));
    await elsewhere.deliver(withId('<b@t>', 'Re: Tide', ['<a@t>']));
    await elsewhere.deliver(withId('<l@t>', 'Lunch'));
    expect(told(await driver.listMessages(list))).toEqual(['Lunch 1', 'Re: Tide 2']);
    const { items } = await driver.listMessages({ ...list, collapse: false });
    const ids = items.filter(({ subject }) => subject !== 'Lunch').map(({ id }) => id);
    const away = await driver.createMailbox({ name: 'Away', parentId: null });
    const moved = await driver.moveMessages({ ids, to: away.id });
    expect(told(await driver.listMessages(list))).toEqual(['Lunch 1']);
    await driver.moveMessages({ ids: moved.map(({ newId = '' }) => newId), to: list.mailboxId });
    expect(told(await driver.listMessages(list))).toEqual(['Re: Tide 2', 'Lunch 1']);
    close();
  });

  it('what cannot be told from here, the server is asked', async () => {
    const { driver, elsewhere, asked, close } = await someone();
    await elsewhere.deliver(withId('<a@t>', 'Tide'));
    await driver.listMessages(list);
    // An answer to what is not known.
    await elsewhere.deliver(withId('<c@t>', 'Re: Tide', ['<x@t>']));
    expect(told(await driver.listMessages(list))).toEqual(['Re: Tide 1', 'Tide 1']);
    expect(asked()).toBe(2);
    close();
  });

  it('of one subject stay apart where nobody answers, and join where the server joins them so', async () => {
    for (const [offered, wanted] of [
      [undefined, ['Report 1', 'Report 1']],
      [['THREAD=REFS'], ['Report 2']],
    ] as const) {
      const here = await startDovecot({
        users: manyUsers(1),
        ...(offered ? { withoutCapabilities: [...offered] } : {}),
      });
      const [login = { username: '', password: '' }] = manyUsers(1);
      const elsewhere = await openElsewhere(here, login);
      const plain = { security: 'none', verifiesCertificate: false, ca: null } as const;
      const server = { protocol: 'imap', host: '127.0.0.1', port: here.ports.imap, ...plain } as const;
      const driver = createImapDriver({ key: { sessionId: `one ${wanted}`, accountId: 'a' }, server, login });
      await elsewhere.deliver(withId('<a@t>', 'Report'));
      await driver.listMessages(list);
      await elsewhere.deliver(withId('<b@t>', 'Report'));
      expect(told(await driver.listMessages(list))).toEqual(wanted);
      elsewhere.close();
      await driver.close();
      await here.stop();
    }
  });

  it('where the server then knows better, the list is mended and watchers are told', async () => {
    const { driver, elsewhere, asked, close } = await someone();
    // The first two are joined by what answers both: of the second chain only its end is in sight.
    await elsewhere.deliver(withId('<a@t>', 'Tide'));
    await elsewhere.deliver(withId('<b@t>', 'Quay'));
    await driver.listMessages(list);
    const changes: MailboxChange[] = [];
    const stop = new AbortController();
    const watching = driver.watch(
      { mailboxId: list.mailboxId, onChange: (change) => changes.push(change) },
      { signal: stop.signal },
    );
    await elsewhere.deliver(withId('<d@t>', 'Re: Tide', ['<z@t>', '<a@t>']));
    expect(told(await driver.listMessages(list))).toEqual(['Re: Tide 2', 'Quay 1']);
    await expect.poll(asked, { timeout: 5_000 }).toBe(2);
    // What came before its own answer: nothing here knows of <z@t>, the server does.
    await elsewhere.deliver(withId('<z@t>', 'Pumps'));
    const placed = await driver.listMessages(list);
    expect(told(placed)).toEqual(['Pumps 1', 'Re: Tide 2', 'Quay 1']);
    changes.length = 0;
    await expect.poll(asked, { timeout: 5_000 }).toBe(3);
    await expect.poll(() => changes.length, { timeout: 5_000 }).toBeGreaterThan(0);
    const mended = await driver.listMessages(list);
    expect(told(mended)).toEqual(['Pumps 3', 'Quay 1']);
    expect(mended.state).not.toBe(placed.state);
    stop.abort();
    await watching;
    close();
  });

  it('stay those that a new session is told, whatever comes and goes', async () => {
    const { driver, elsewhere, afresh, close } = await someone();
    let random = 11;
    const below = (limit: number) => {
      random = (random * 1_103_515_245 + 12_345) & 0x7fffffff;
      return random % limit;
    };
    for (let round = 0; round < 30; round += 1) {
      const answered = Array.from({ length: below(3) }, () => `<${below(round + 1)}@t>`);
      await elsewhere.deliver(withId(`<${round}@t>`, `${answered.length === 0 ? '' : 'Re: '}About ${round}`, answered));
      if (below(4) === 0) await elsewhere.expunge(`About ${below(round + 1)}`);
      await driver.listMessages(list);
    }
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    const idsOf = (page: { items: { id: string; thread?: { ids: string[] } }[] }) =>
      page.items.map(({ id, thread }) => thread?.ids ?? [id]);
    const other = afresh();
    expect(idsOf(await driver.listMessages(list))).toEqual(idsOf(await other.listMessages(list)));
    close();
  });
});

describe('a server of its own mind', () => {
  const servers: ScriptedServer[] = [];
  const start = async (answers: Record<string, Answer>, capability = 'IMAP4rev1 THREAD=REFERENCES') => {
    const server = await startScriptedServer(imapScript({ capability, answers }));
    servers.push(server);
    const url = { protocol: 'imap', host: '127.0.0.1', port: server.port, security: 'none' } as const;
    const login = { username: 'ann', password: 'secret' };
    const key = { sessionId: `scripted ${server.port}`, accountId: 'a' };
    return {
      server,
      driver: createImapDriver({ key, server: { ...url, verifiesCertificate: false, ca: null }, login }),
    };
  };
  afterEach(async () => {
    await closePool(0);
    for (const server of servers.splice(0)) await server.stop();
  });
  const saying =
    (...lines: string[]): Answer =>
    async (connection, tag) =>
      connection.write(`${lines.map((line) => `* THREAD ${line}\r\n`).join('')}${tag} OK done\r\n`);

  it('that nests a hundred thousand deep is read', async () => {
    const depth = 100_000;
    const { driver } = await start({ 'UID THREAD': saying(`${'('.repeat(depth)}1${')'.repeat(depth)}`) });
    expect((await driver.listMessages(list)).items.map(({ subject }) => subject)).toEqual(['Scripted']);
  });

  it('that names a message again and again names it once', async () => {
    const { driver } = await start({ 'UID THREAD': saying(`(${'1 '.repeat(50_000)})(1)`, '(1)') });
    const page = await driver.listMessages(list);
    expect([page.total, page.items.length, page.items[0]?.thread]).toEqual([1, 1, undefined]);
  });

  it('that floods is cut off, and one that refuses is believed', async () => {
    const flood: Answer = async (connection) => {
      const line = `* THREAD (${'9999 '.repeat(100_000)})\r\n`;
      for (let at = 0; at < 200; at += 1) await connection.write(line);
    };
    const flooding = await start({ 'UID THREAD': flood });
    await expect(flooding.driver.listMessages(list)).rejects.toMatchObject({ code: 'tooLarge' });
    const refusing = await start({
      'UID THREAD': async (connection, tag) => connection.write(`${tag} NO not now\r\n`),
    });
    await expect(refusing.driver.listMessages(list)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('without THREAD is asked for the headers of the newest messages, once', async () => {
    const exists = 5_000;
    const rowOf = (uid: number, what: string) => `* ${uid} FETCH (UID ${uid}${what})\r\n`;
    const span = (line: string) => {
      const [, range = ''] = /FETCH (\S+)/.exec(line) ?? [];
      return range.split(',').flatMap((part) => {
        const [first = 0, last = first] = part.split(':').map((end) => (end === '*' ? exists : Number(end)));
        return Array.from({ length: last - first + 1 }, (_, at) => first + at);
      });
    };
    const fetch: Answer = async (connection, tag, line) => {
      const fields = (uid: number) => {
        const head = `Message-ID: <${uid}@t>\r\nSubject: About ${uid}\r\n${uid % 2 ? '' : `References: <${uid - 1}@t>\r\n`}\r\n`;
        return ` INTERNALDATE "05-Jan-2026 10:00:00 +0000" BODY[HEADER.FIELDS (MESSAGE-ID REFERENCES IN-REPLY-TO SUBJECT DATE)] {${head.length}}\r\n${head}`;
      };
      const envelope = (uid: number) =>
        ` FLAGS () INTERNALDATE "05-Jan-2026 10:00:00 +0000" RFC822.SIZE 9 ENVELOPE (NIL "About ${uid}" NIL NIL NIL NIL NIL NIL NIL "<${uid}@t>") BODYSTRUCTURE ("text" "plain" NIL NIL NIL "7bit" 4 1) BODY[1] "text"`;
      const what = /HEADER\.FIELDS/.test(line)
        ? fields
        : /ENVELOPE|BODY/.test(line)
          ? envelope
          : () => (/FLAGS/.test(line) ? ' FLAGS ()' : '');
      await connection.write(`${span(line).map((uid) => rowOf(uid, what(uid))).join('')}${tag} OK done\r\n`); // biome-ignore format: one
    };
    const select: Answer = async (connection, tag) =>
      connection.write(`* ${exists} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 5001] ok\r\n${tag} OK\r\n`);
    const { driver, server } = await start({ SELECT: select, FETCH: fetch, 'UID FETCH': fetch }, 'IMAP4rev1');
    const first = await driver.listMessages({ ...list, limit: 2 });
    expect(first.isPartial).toBe(true);
    expect(first.items.map(({ subject, thread }) => [subject, thread?.count])).toEqual([
      ['About 5000', 2],
      ['About 4998', 2],
    ]);
    // A thousand pairs, and below them each alone.
    expect(first.total).toBe(1_000 + 3_000);
    const border = await driver.listMessages({ ...list, position: 999, limit: 3 });
    expect(border.items.map(({ subject, thread }) => [subject, thread?.count])).toEqual([
      ['About 3002', 2],
      ['About 3000', undefined],
      ['About 2999', undefined],
    ]);
    expect((await driver.getThread({ id: first.items[0]?.id ?? '' })).map(({ subject }) => subject)).toEqual([
      'About 4999',
      'About 5000',
    ]);
    expect((await driver.getThread({ id: border.items[2]?.id ?? '' })).map(({ subject }) => subject)).toEqual([
      'About 2999',
    ]);
    const headers = server.connections.flatMap(({ received }) =>
      received.filter((line) => /MESSAGE-ID REFER/.test(line)),
    );
    expect(headers).toHaveLength(1);
    expect(countOf(server.connections, 'UID THREAD')).toBe(0);
  });
});

describe('the reader of THREAD', () => {
  const read = (line: string, most = 100) => {
    const reader = createThreadReader(most);
    const isWhole = reader.read(Buffer.from(line));
    const { uids, ends } = reader.groups();
    return isWhole ? [...ends].map((end, at) => [...uids.subarray(at === 0 ? 0 : ends[at - 1], end)]) : null;
  };
  it.each([
    ['* THREAD (2)(3 6 (4 23)(44 7 96))', [[2], [3, 6, 4, 23, 44, 7, 96]]],
    ['* THREAD ((1)(2))(3)', [[1, 2], [3]]],
    ['* THREAD', []],
    ['* THREAD ()(0)(x)(1', [[1]]],
    ['* THREAD 5 (99999999999999999999 7))))(8)', [[7], [8]]],
    ['* THREAD (4294967295)(4294967296)', [[4294967295]]],
    ['* THREAD (1 2)(2 1)(1)', [[1, 2]]],
  ])('%s', (line, groups) => expect(read(line)).toEqual(groups));
  it('stops where more are named than there may be', () => expect(read(`* THREAD (${'7 '.repeat(101)})`)).toBeNull());
});
