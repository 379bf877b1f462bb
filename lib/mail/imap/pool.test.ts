import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MailLogin } from '../driver.ts';
import { mailboxIdOf } from '../ids.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { letter } from '../testing/letters.ts';
import { manyUsers, openElsewhere } from '../testing/people.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { countOf, imapScript } from '../testing/scripted-imap.ts';
import { type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { accountOf, closePool, closeSession, observeAcquire, poolStatus } from './pool.ts';
import type { AccountOptions, PoolLimits } from './pool-types.ts';
import { withConnection, withImap } from './with-imap.ts';

const inboxId = mailboxIdOf('INBOX');
const page = { mailboxId: inboxId, position: 0, limit: 10 };
let sessions = 0;

function options(
  port: number,
  login: MailLogin,
  limits: Partial<PoolLimits> = {},
  sessionId = `s${sessions++}`,
): AccountOptions {
  return { key: { sessionId, accountId: 'a' }, server: plainImap(port), login, limits };
}

/** Work that holds its connection until it is let go. */
function holding() {
  let letGo = () => {};
  let onHeld = () => {};
  const until = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const isHeld = new Promise<void>((resolve) => {
    onHeld = resolve;
  });
  const work = async () => {
    onHeld();
    await until;
  };
  return { work, letGo: () => letGo(), isHeld };
}

describe('the pool over Dovecot', () => {
  const users = manyUsers(30);
  let dovecot: Dovecot;
  let at = 0;
  const someone = (): MailLogin => {
    const login = users[at++];
    if (!login) throw new Error('no more people');
    return login;
  };
  const loginsOf = ({ username }: MailLogin) => dovecot.log().split(`Login: user=<${username}>`).length - 1;
  beforeAll(async () => {
    dovecot = await startDovecot({ users });
  });
  afterEach(() => closePool(0));
  afterAll(() => dovecot.stop());

  it('signs in once for many requests that come first together', async () => {
    const login = someone();
    const driver = createImapDriver(options(dovecot.ports.imap, login, { growMs: 5000 }));
    await Promise.all(Array.from({ length: 12 }, () => driver.listMessages(page)));
    await expect.poll(() => loginsOf(login)).toBe(1);
    expect(poolStatus()).toMatchObject({ open: 1, idle: 1, waiting: 0 });
  });

  it('tries a wrong password once for all of them', async () => {
    const login = { ...someone(), password: 'wrong' };
    const driver = createImapDriver(options(dovecot.ports.imap, login));
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => driver.listMessages(page)));
    expect(all.map((one) => (one.status === 'rejected' ? one.reason.code : 'in'))).toEqual(
      Array(8).fill('unauthenticated'),
    );
    // The log is written by another process.
    const tries = () =>
      dovecot
        .log()
        .split('\n')
        .filter((line) => line.includes(`user=<${login.username}>`));
    await expect.poll(tries).toEqual([expect.stringContaining('1 attempts')]);
  });

  it('opens more only for who would wait, up to the limit', async () => {
    const account = accountOf(options(dovecot.ports.imap, someone(), { perAccount: 3, growMs: 1 }));
    const held = Array.from({ length: 3 }, holding);
    const running = held.map(({ work }) => withConnection(account, { mode: 'read' }, work));
    await Promise.all(held.map(({ isHeld }) => isHeld));
    const fourth = withConnection(account, { mode: 'read' }, async () => 'served');
    expect(poolStatus()).toMatchObject({ open: 3, idle: 0, waiting: 1 });
    held[1]?.letGo();
    expect(await fourth).toBe('served');
    for (const { letGo } of held) letGo();
    await Promise.all(running);
    expect(poolStatus()).toMatchObject({ open: 3, idle: 3, waiting: 0 });
  });

  it('prefers the connection that has the mailbox selected', async () => {
    const login = someone();
    const elsewhere = await openElsewhere(dovecot, login);
    await elsewhere.raw.command('CREATE Other');
    elsewhere.close();
    const account = accountOf(options(dovecot.ports.imap, login, { growMs: 1 }));
    const idOf = (mailbox: string) =>
      withImap(account, { mailbox, mode: 'read' }, async ({ client, isNew }) => ({ id: client.id, isNew }));
    const { work, letGo, isHeld } = holding();
    const first = withImap(account, { mailbox: 'INBOX', mode: 'read' }, async ({ client }) => {
      await work();
      return client.id;
    });
    await isHeld;
    const other = await idOf('Other');
    letGo();
    const inbox = await first;
    expect(other.id).not.toBe(inbox);
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await idOf('INBOX')).toEqual({ id: inbox, isNew: false });
      expect(await idOf('Other')).toEqual({ id: other.id, isNew: false });
    }
  });

  it.each([
    ['stays selected where it is looked at', 1, true],
    ['gives its connection to another where nobody looks', 0, false],
    ['gives it where there may be no other', 1, false, { perAccount: 1 }],
  ])('a mailbox %s', async (_, lookers, isKept, limits: Partial<PoolLimits> = {}) => {
    const login = someone();
    const elsewhere = await openElsewhere(dovecot, login);
    await elsewhere.raw.command('CREATE Other');
    elsewhere.close();
    const account = accountOf(options(dovecot.ports.imap, login, limits));
    if (lookers > 0) account.watched.set('INBOX', lookers);
    const select = (mailbox: string) => withImap(account, { mailbox, mode: 'read' }, async ({ isNew }) => isNew);
    await select('INBOX');
    await withConnection(account, { mode: 'read' }, async () => undefined);
    await select('Other');
    expect(await select('INBOX')).toBe(!isKept);
    expect(poolStatus().open).toBe(isKept ? 2 : 1);
  });

  it('opens, marks and streams what came in while a connection slept, and another was told of it', async () => {
    const login = someone();
    const driver = createImapDriver(options(dovecot.ports.imap, login));
    const other = createImapDriver(options(dovecot.ports.imap, login));
    const elsewhere = await openElsewhere(dovecot, login);
    await driver.listMessages(page);
    await elsewhere.deliver(letter());
    const id = (await other.listMessages(page)).items[0]?.id ?? '';
    expect((await driver.getMessage({ id })).id).toBe(id);
    await elsewhere.deliver(letter());
    const next = (await other.listMessages(page)).items[0]?.id ?? '';
    expect(await driver.setKeywords({ ids: [next], add: ['$seen'], remove: [] })).toEqual([{ id: next }]);
    await elsewhere.deliver(letter());
    const last = (await other.listMessages(page)).items[0]?.id ?? '';
    expect((await driver.openRaw({ id: last })).sizeBytes).toBeGreaterThan(0);
    elsewhere.close();
  });

  it('goes on with a message over another connection, which had slept when it came in', async () => {
    const login = someone();
    const own = options(dovecot.ports.imap, login, { growMs: 1 });
    const [driver, account] = [createImapDriver(own), accountOf(own)];
    const take = async () => {
      const { work, letGo, isHeld } = holding();
      const taken = withImap(account, { mailbox: 'INBOX', mode: 'read' }, work);
      await isHeld;
      return async () => {
        letGo();
        await taken;
      };
    };
    const [first, second] = [await take(), await take()];
    await Promise.all([first(), second()]);
    const elsewhere = await openElsewhere(dovecot, login);
    await elsewhere.deliver(letter({ body: `${'a tide table '.repeat(5)}\r\n`.repeat(6_000) }));
    elsewhere.close();
    const id = (await createImapDriver(options(dovecot.ports.imap, login)).listMessages(page)).items[0]?.id ?? '';
    const sleeping = await take();
    const { stream, sizeBytes } = await driver.openRaw({ id });
    const awake = await take();
    await sleeping();
    expect((await buffer(stream)).length).toBe(sizeBytes);
    await awake();
    expect(poolStatus().open).toBe(3);
  });

  it('serves those who wait in their order, and tells the late ones that it is busy', async () => {
    const account = accountOf(options(dovecot.ports.imap, someone(), { perAccount: 1, acquireMs: 300 }));
    const { work, letGo, isHeld } = holding();
    const first = withConnection(account, { mode: 'read' }, work);
    await isHeld;
    const order: number[] = [];
    const waiting = [1, 2, 3].map((turn) => withConnection(account, { mode: 'read' }, async () => order.push(turn)));
    letGo();
    await Promise.all([first, ...waiting]);
    expect(order).toEqual([1, 2, 3]);
    const again = holding();
    const second = withConnection(account, { mode: 'read' }, again.work);
    await again.isHeld;
    const late = withConnection(account, { mode: 'read' }, async () => undefined);
    await expect(late).rejects.toMatchObject({ code: 'busy', retryAfterMs: expect.any(Number) });
    again.letGo();
    await second;
    expect(poolStatus().waiting).toBe(0);
  });

  it('lets go of who waits no longer', async () => {
    const account = accountOf(options(dovecot.ports.imap, someone(), { perAccount: 1 }));
    const { work, letGo, isHeld } = holding();
    const first = withConnection(account, { mode: 'read' }, work);
    await isHeld;
    const stop = new AbortController();
    const waiting = withConnection(account, { mode: 'read', signal: stop.signal }, async () => undefined);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(poolStatus().waiting).toBe(0);
    letGo();
    await first;
  });

  it('goes on after the server was down and came back', async () => {
    const login = someone();
    const driver = createImapDriver(options(dovecot.ports.imap, login));
    await driver.listMessages(page);
    // A session may outlive its server for a while.
    dovecot.killSessions(login.username);
    await dovecot.halt();
    await expect.poll(() => poolStatus().open).toBe(0);
    await expect(driver.listMessages(page)).rejects.toMatchObject({ code: 'unreachable' });
    await dovecot.restart();
    const total = () =>
      driver.listMessages(page).then(
        (listed) => listed.total,
        () => null,
      );
    await expect.poll(total, { timeout: 5000 }).toBe(0);
    await expect.poll(() => loginsOf(login)).toBe(2);
  });

  it('survives kill -9 of its connection', async () => {
    const login = someone();
    const elsewhere = await openElsewhere(dovecot, login);
    await elsewhere.deliver(letter());
    elsewhere.close();
    const driver = createImapDriver(options(dovecot.ports.imap, login));
    const { items } = await driver.listMessages(page);
    expect(dovecot.killSessions(login.username)).toBeGreaterThan(0);
    const ids = items.map(({ id }) => id);
    expect(await driver.setKeywords({ ids, add: ['$seen'], remove: [] })).toEqual([{ id: ids[0] }]);
    expect(dovecot.killSessions(login.username)).toBeGreaterThan(0);
    expect((await driver.getMessage({ id: ids[0] ?? '' })).keywords).toEqual(['$seen']);
  });

  it('ends a sign-in at once, and no other', async () => {
    const [one, two] = [someone(), someone()];
    const first = createImapDriver(options(dovecot.ports.imap, one, { perAccount: 1 }, 'ending'));
    const second = createImapDriver(options(dovecot.ports.imap, two));
    await Promise.all([first.listMessages(page), second.listMessages(page)]);
    const account = accountOf(options(dovecot.ports.imap, one, { perAccount: 1 }, 'ending'));
    const { work, isHeld, letGo } = holding();
    const running = withConnection(account, { mode: 'read' }, work);
    await isHeld;
    const waiting = first.listMessages(page);
    waiting.catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    closeSession('ending');
    await expect(waiting).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(first.listMessages(page)).rejects.toMatchObject({ code: 'unauthenticated' });
    letGo();
    await running;
    expect((await second.listMessages(page)).total).toBe(0);
    expect(poolStatus().open).toBe(1);
    expect(loginsOf(two)).toBe(1);
  });

  it('shuts down after running work has ended', async () => {
    const account = accountOf(options(dovecot.ports.imap, someone()));
    const { work, isHeld, letGo } = holding();
    const running = withConnection(account, { mode: 'read' }, async (client) => {
      await work();
      await client.noop();
      return 'done';
    });
    await isHeld;
    const closed = closePool(5000);
    letGo();
    expect(await running).toBe('done');
    await closed;
    expect(poolStatus()).toMatchObject({ open: 0, idle: 0, waiting: 0 });
  });

  it('closes what nobody used for a while, but not what is watched', async () => {
    const login = someone();
    const driver = createImapDriver(options(dovecot.ports.imap, login, { idleMs: 50 }));
    await driver.listMessages(page);
    await expect.poll(() => poolStatus().open, { timeout: 10_000 }).toBe(0);
    const stop = new AbortController();
    const watching = driver.watch({ mailboxId: null, onChange: () => undefined }, { signal: stop.signal });
    await expect.poll(() => poolStatus().open, { timeout: 10_000 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(poolStatus().open).toBe(1);
    stop.abort();
    await watching;
    await expect.poll(() => poolStatus().open, { timeout: 10_000 }).toBe(0);
  });

  it('gives up the least recently used connection of others where the host is full', async () => {
    const people = [someone(), someone(), someone()];
    const drivers = people.map((login) => createImapDriver(options(dovecot.ports.imap, login, { perHost: 2 })));
    for (const driver of drivers) {
      await driver.listMessages(page);
      expect(poolStatus().open).toBeLessThanOrEqual(2);
    }
    await drivers[1]?.listMessages(page);
    await expect.poll(() => people.map(loginsOf)).toEqual([1, 1, 1]);
    await drivers[0]?.listMessages(page);
    await expect.poll(() => people.map(loginsOf)).toEqual([2, 1, 1]);
  });

  it('counts, and tells how long a connection was waited for', async () => {
    const waits: number[] = [];
    const stop = observeAcquire((waitedMs) => waits.push(waitedMs));
    const before = poolStatus();
    const driver = createImapDriver(options(dovecot.ports.imap, someone()));
    await driver.listMessages(page);
    await driver.listMessages(page);
    stop();
    await driver.listMessages(page);
    expect(poolStatus().opened - before.opened).toBe(1);
    expect(waits).toHaveLength(2);
    expect(waits[0]).toBeGreaterThan(waits[1] ?? 0);
    await closePool(0);
    expect(poolStatus().closed - before.closed).toBe(1);
  });
});

describe('the pool where the server allows two connections', () => {
  const users = manyUsers(2);
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot({ users, maxUserIpConnections: 2 });
  });
  afterEach(() => closePool(0));
  afterAll(() => dovecot.stop());
  const login = { username: 'person0', password: 'secret 0' };

  it('serves five tabs of one sign-in', async () => {
    const driver = createImapDriver(options(dovecot.ports.imap, login, { growMs: 1 }));
    for (let round = 0; round < 3; round += 1) {
      const pages = await Promise.all(Array.from({ length: 5 }, () => driver.listMessages(page)));
      expect(pages.map(({ total }) => total)).toEqual([0, 0, 0, 0, 0]);
      expect(poolStatus().open).toBeLessThanOrEqual(2);
    }
  });

  it('serves five sign-ins of one person, in turn', async () => {
    const drivers = Array.from({ length: 5 }, () => createImapDriver(options(dovecot.ports.imap, login)));
    for (const driver of drivers) expect((await driver.listMessages(page)).total).toBe(0);
    const pages = await Promise.all(drivers.map((driver) => driver.listMessages(page)));
    expect(pages.map(({ total }) => total)).toEqual([0, 0, 0, 0, 0]);
  });

  it('says that it is busy where other programs hold them all', async () => {
    const others = await Promise.all([openElsewhere(dovecot, login), openElsewhere(dovecot, login)]);
    const driver = createImapDriver(options(dovecot.ports.imap, login, { acquireMs: 400 }));
    await expect(driver.listMessages(page)).rejects.toMatchObject({ code: 'busy' });
    for (const other of others) other.close();
    await expect
      .poll(
        () =>
          driver.listMessages(page).then(
            ({ total }) => total,
            () => -1,
          ),
        { timeout: 10_000 },
      )
      .toBe(0);
  });
});

describe('the pool over faulty servers', () => {
  const login = { username: 'ann', password: 'secret' };
  const servers: ScriptedServer[] = [];
  const start = async (...script: Parameters<typeof startScriptedServer>) => {
    const server = await startScriptedServer(...script);
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await closePool(0);
    for (const server of servers.splice(0)) await server.stop();
  });

  it('repeats a read once on a new connection after BYE, and no more', async () => {
    let byes = 1;
    const server = await start(
      imapScript({
        answers: {
          async NOOP(connection, tag) {
            if (byes-- > 0) {
              await connection.write('* BYE shutting down\r\n');
              connection.close();
            } else await connection.write(`${tag} OK\r\n`);
          },
        },
      }),
    );
    const driver = createImapDriver(options(server.port, login));
    expect((await driver.listMessages(page)).items).toHaveLength(1);
    expect((await driver.listMessages(page)).items).toHaveLength(1);
    expect(server.connections).toHaveLength(2);
    byes = 5;
    await expect(driver.listMessages(page)).resolves.toMatchObject({ total: 1 });
  });

  it('gives up a read that loses its connection twice', async () => {
    const server = await start(imapScript({ answers: { FETCH: async (connection) => connection.reset() } }));
    const driver = createImapDriver(options(server.port, login));
    await expect(driver.listMessages(page)).rejects.toMatchObject({ code: 'unreachable' });
    expect(countOf(server.connections, 'FETCH')).toBe(2);
  });

  it('repeats a keyword, never an append', async () => {
    const drop = { 'UID STORE': 1, APPEND: 1 };
    const server = await start(
      imapScript({
        answers: {
          async 'UID STORE'(connection, tag) {
            if (drop['UID STORE']-- > 0) connection.reset();
            else await connection.write(`* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n${tag} OK\r\n`);
          },
          async APPEND(connection, _tag, line) {
            await connection.write('+ go on\r\n');
            await connection.readBytes(Number(/\{(\d+)\}/.exec(line)?.[1]));
            connection.reset();
          },
        },
      }),
    );
    const driver = createImapDriver(options(server.port, login));
    const { items } = await driver.listMessages(page);
    const [id = ''] = items.map((item) => item.id);
    expect(await driver.setKeywords({ ids: [id], add: ['$seen'], remove: [] })).toEqual([{ id }]);
    expect(countOf(server.connections, 'UID STORE')).toBe(2);
    const append = driver.appendMessage({ mailboxId: inboxId, raw: Buffer.from(letter()), keywords: [] });
    await expect(append).rejects.toMatchObject({ code: 'unreachable' });
    expect(countOf(server.connections, 'APPEND')).toBe(1);
  });

  it('is told of a dead server in time, and others do not feel it', async () => {
    const dead = await start((connection) => connection.stall());
    const sound = await start(imapScript());
    const lost = createImapDriver(options(dead.port, login, { connectMs: 400 }));
    const pending = Promise.allSettled(Array.from({ length: 20 }, () => lost.listMessages(page)));
    const other = createImapDriver(options(sound.port, { username: 'bob', password: 'x' }));
    const begin = performance.now();
    for (let turn = 0; turn < 10; turn += 1) expect((await other.listMessages(page)).total).toBe(1);
    const tookMs = performance.now() - begin;
    const answers = await pending;
    expect(answers.map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'in'))).toEqual(
      Array(20).fill('timeout'),
    );
    expect(tookMs).toBeLessThan(400);
    expect(dead.connections).toHaveLength(1);
  });

  it('asks a server that refused again only after a while', async () => {
    let isDown = true;
    const server = await start(async (connection) => {
      if (isDown) connection.reset();
      else await imapScript()(connection);
    });
    const driver = createImapDriver(options(server.port, login));
    for (let turn = 0; turn < 5; turn += 1)
      await expect(driver.listMessages(page)).rejects.toMatchObject({ code: 'unreachable' });
    expect(server.connections).toHaveLength(1);
    isDown = false;
    await expect
      .poll(
        () =>
          driver.listMessages(page).then(
            ({ total }) => total,
            () => -1,
          ),
        { timeout: 5000 },
      )
      .toBe(1);
  });

  it('leaves the running command of a reader who went away, and goes on', async () => {
    const server = await start(imapScript({ answers: { FETCH: (connection) => connection.stall() } }));
    const driver = createImapDriver(options(server.port, login));
    const stop = new AbortController();
    const listing = driver.listMessages(page, { signal: stop.signal });
    await expect.poll(() => countOf(server.connections, 'FETCH')).toBe(1);
    stop.abort();
    await expect(listing).rejects.toMatchObject({ code: 'cancelled' });
    await expect.poll(() => poolStatus().open).toBe(0);
    const [id = ''] = ['mSU5CT1g.7.1'];
    expect((await driver.getMessage({ id })).subject).toBe('Scripted');
  });
});
