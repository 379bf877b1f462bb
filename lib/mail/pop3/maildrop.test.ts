import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { databases, type TestStore } from '../../store/testing/databases.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { inboxId } from './inbox.ts';
import type { Pop3Limits } from './limits.ts';
import { isMaildropWanted } from './lock.ts';
import { openTestAccount } from './testing/account.ts';
import { plainMail } from './testing/mail.ts';
import { playMaildrop, type ScriptedMaildrop, stuffed } from './testing/scripted-maildrop.ts';

const login = { username: 'ann', password: 'secret' };
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

type Client = Parameters<Script>[0];
const refuse =
  (text = '-ERR unknown command\r\n') =>
  async (client: Client) => {
    await client.write(text);
    return true;
  };
const mail = (uidl: string, subject = uidl, body = 'Hello.\r\n') => ({ uidl, bytes: plainMail(subject, body) });

/** A scripted maildrop (a test may change it between sessions) and a driver for it. */
async function serve(given: Partial<ScriptedMaildrop>, limits: Partial<Pop3Limits> = {}, as = login) {
  const maildrop: ScriptedMaildrop = { messages: [], ...given };
  const server = await startScriptedServer(playMaildrop(maildrop));
  servers.push(server);
  const driver = await openTestAccount(opened.store, { port: server.port }, as, { answerMs: 2_000, ...limits });
  const subjects = async () => (await driver.listMessages(everything)).items.map((item) => item.subject);
  const idOf = async (subject: string) =>
    (await driver.listMessages(everything)).items.find((item) => item.subject === subject)?.id ?? '';
  const verbs = (index: number) => server.connections[index]?.received.map((line) => line.split(' ', 1)[0]) ?? [];
  return { maildrop, server, driver, subjects, idOf, verbs };
}

describe('servers without the optional parts', () => {
  test('no TOP: headers come by RETR, and TOP is not tried again', async () => {
    const { maildrop, subjects, verbs } = await serve({
      capabilities: null,
      messages: [mail('a'), mail('b')],
      on: { TOP: refuse() },
    });
    expect(await subjects()).toEqual(['b', 'a']);
    maildrop.messages.push(mail('c'));
    expect(await subjects()).toEqual(['c', 'b', 'a']);
    expect(verbs(0).filter((verb) => verb === 'TOP' || verb === 'RETR')).toEqual(['TOP', 'RETR', 'RETR']);
    expect(verbs(1).filter((verb) => verb === 'TOP' || verb === 'RETR')).toEqual(['RETR']);
  });

  test('no UIDL: digests of headers are ids that stay over renumbering and changed status fields', async () => {
    const { maildrop, driver, subjects, idOf } = await serve({
      capabilities: null,
      messages: [mail('a'), mail('b'), mail('c')],
      on: { UIDL: refuse() },
    });
    const b = await idOf('b');
    await driver.setKeywords({ ids: [b], add: ['$flagged'], remove: [] });
    maildrop.messages = [mail('c'), { uidl: '', bytes: `Status: RO\r\nX-UIDL: 99\r\n${plainMail('b')}` }];
    const page = await driver.listMessages(everything);
    expect(page.items.map((item) => [item.subject, ...item.keywords])).toEqual([['c'], ['b', '$flagged']]);
    expect(page.items[1]?.id).toBe(b);
    expect((await driver.getMessage({ id: b })).subject).toBe('b');
    expect(await driver.destroyMessages({ ids: [b] })).toEqual([{ id: b }]);
    expect(await subjects()).toEqual(['c']);
  });

  test('neither UIDL nor TOP: still read, flagged and deleted', async () => {
    const { driver, subjects, idOf } = await serve({
      capabilities: null,
      messages: [mail('a'), mail('b')],
      on: { UIDL: refuse(), TOP: refuse() },
    });
    const a = await idOf('a');
    expect((await driver.getMessage({ id: a })).subject).toBe('a');
    expect(await driver.destroyMessages({ ids: [a] })).toEqual([{ id: a }]);
    expect(await subjects()).toEqual(['b']);
  });
});

describe('unique-ids that are not', () => {
  test('messages that share a unique-id are told apart, and the one named is the one deleted', async () => {
    const { maildrop, driver, subjects, idOf } = await serve({
      messages: [mail('same', 'first'), mail('same', 'second'), mail('other')],
    });
    expect(await subjects()).toEqual(['other', 'second', 'first']);
    const [first, second] = [await idOf('first'), await idOf('second')];
    expect(new Set([first, second, await idOf('other')]).size).toBe(3);
    expect(await driver.destroyMessages({ ids: [second] })).toEqual([{ id: second }]);
    expect(maildrop.messages.map((one) => one.bytes)).toEqual([plainMail('first'), plainMail('other')]);
    // Alone now, it goes by its unique-id; the old id names nothing rather than something else.
    expect((await driver.destroyMessages({ ids: [second] }))[0]?.error?.code).toBe('notFound');
    expect(maildrop.messages).toHaveLength(2);
  });

  test('equal copies with equal unique-ids have an id each', async () => {
    const { driver, maildrop } = await serve({ messages: [mail('same'), mail('same'), mail('same')] });
    const ids = await driver.listMessageIds({ mailboxId: inboxId });
    expect(new Set(ids).size).toBe(3);
    await driver.destroyMessages({ ids: ids.slice(0, 1) });
    expect(maildrop.messages).toHaveLength(2);
  });

  /** 70 characters of all that RFC 1939 §7 allows but letters and digits. */
  const oddest = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'.repeat(3).slice(0, 70);

  test('unique-ids with 8-bit bytes, NUL, spaces or great length work all the same', async () => {
    const { driver } = await serve({
      messages: ['ü\xff', 'a b', 'x'.repeat(5_000), '1', oddest, `${oddest}~`].map((uidl) => mail(uidl, 'one')),
    });
    const ids = await driver.listMessageIds({ mailboxId: inboxId });
    expect(ids).toHaveLength(6);
    for (const id of ids) expect((await driver.getMessage({ id })).id).toBe(id);
  });

  test('renumbered between two sessions: an id still names its message', async () => {
    const { maildrop, driver, idOf } = await serve({ messages: [mail('a'), mail('b'), mail('c')] });
    const b = await idOf('b');
    maildrop.messages = [mail('c'), mail('new'), mail('b')];
    expect((await driver.getMessage({ id: b })).subject).toBe('b');
    expect(await driver.destroyMessages({ ids: [b] })).toEqual([{ id: b }]);
    expect(maildrop.messages.map((one) => one.uidl)).toEqual(['c', 'new']);
  });

  test('a unique-id given to another message of another size is not shown with the old header', async () => {
    const { maildrop, subjects } = await serve({ messages: [mail('a', 'before')] });
    expect(await subjects()).toEqual(['before']);
    maildrop.messages = [mail('a', 'after all')];
    expect(await subjects()).toEqual(['after all']);
  });

  test('flags return with a message that the server lost from sight for a while', async () => {
    const { maildrop, driver, idOf } = await serve({ messages: [mail('a')] });
    const a = await idOf('a');
    await driver.setKeywords({ ids: [a], add: ['$flagged'], remove: [] });
    const { messages } = maildrop;
    maildrop.messages = [];
    expect((await driver.listMessages(everything)).total).toBe(0);
    expect((await driver.setKeywords({ ids: [a], add: ['$seen'], remove: [] }))[0]?.error?.code).toBe('notFound');
    maildrop.messages = messages;
    expect((await driver.listMessages(everything)).items[0]?.keywords).toEqual(['$flagged']);
  });
});

describe('lists and messages that are not as announced', () => {
  test('sizes that lie, numbers that lack a size or a unique-id: every message is there', async () => {
    const { driver, subjects } = await serve({
      messages: [mail('a'), mail('b', 'b', 'x'.repeat(50_000)), mail('c')],
      on: {
        LIST: refuse('+OK\r\n1 99999999999999999999\r\n2 1\r\n3 -5\r\n.\r\n'),
        UIDL: refuse('+OK\r\n1 a\r\n2 b\r\n.\r\n'),
      },
    });
    expect(await subjects()).toEqual(['c', 'b', 'a']);
    const ids = await driver.listMessageIds({ mailboxId: inboxId });
    const message = await driver.getMessage({ id: ids[1] ?? '' });
    expect(message.sizeBytes).toBeGreaterThan(50_000);
    expect(message.textBody[0]?.text.trimEnd()).toHaveLength(50_000);
  });

  test('-ERR for one message in the middle: the others are listed, and that one stands there', async () => {
    const { driver, idOf } = await serve({
      messages: [mail('a'), mail('bad'), mail('c')],
      on: {
        TOP: async (client, argument) => {
          if (!argument.startsWith('2 ')) return false;
          await client.write('-ERR unreadable\r\n');
          return true;
        },
        RETR: async (client, argument) => {
          if (argument !== '2') return false;
          await client.write('-ERR unreadable\r\n');
          return true;
        },
      },
    });
    const page = await driver.listMessages(everything);
    expect(page.items.map((item) => item.subject)).toEqual(['c', '', 'a']);
    await expect(driver.getMessage({ id: page.items[1]?.id ?? '' })).rejects.toMatchObject({
      code: 'notFound',
      serverText: 'unreadable',
    });
    expect((await driver.getMessage({ id: await idOf('a') })).subject).toBe('a');
  });

  test('a message larger than memory is meant for is read from a file that leaves no trace', async () => {
    const body = 'All work and no play.\r\n'.repeat(500_000);
    const { driver } = await serve({ messages: [mail('big', 'big', body)] }, { answerMs: 20_000 });
    const [id = ''] = await driver.listMessageIds({ mailboxId: inboxId });
    const [first, second] = await Promise.all([driver.openRaw({ id }), driver.openRaw({ id })]);
    expect(first.sizeBytes).toBeGreaterThan(11_000_000);
    const bytes = await Promise.all([buffer(first.stream), buffer(second.stream)]);
    expect(bytes.map((one) => one.equals(Buffer.from(plainMail('big', body))))).toEqual([true, true]);
    expect((await driver.getMessage({ id })).warnings).toEqual(['bodyTruncated']);
  });
});

describe('deleting', () => {
  const two = { messages: [mail('a'), mail('b')] };

  test('any failure before QUIT closes without it; the next collection removes what was deleted here', async () => {
    let isDown = true;
    const { maildrop, driver, idOf, verbs } = await serve({
      ...two,
      on: {
        DELE: async (client, argument) => {
          if (argument === '1' || !isDown) return false;
          client.reset();
          return true;
        },
      },
    });
    const ids = [await idOf('a'), await idOf('b')];
    expect(await driver.destroyMessages({ ids })).toEqual(ids.map((id) => ({ id, isPending: true })));
    expect(verbs(2)).not.toContain('QUIT');
    expect(maildrop.messages).toHaveLength(2);
    expect((await driver.maildrop?.report())?.awaitingRemoval).toBe(2);
    expect((await driver.listMessages(everything)).total).toBe(0);
    isDown = false;
    await driver.maildrop?.collect();
    expect(maildrop.messages).toHaveLength(0);
    expect((await driver.maildrop?.report())?.awaitingRemoval).toBe(0);
  });

  test('a message that the server will not have deleted stays there, hidden here; the others go', async () => {
    const { maildrop, driver, idOf } = await serve({
      ...two,
      on: {
        DELE: async (client, argument) => {
          if (argument !== '1') return false;
          await client.write('-ERR read-only message\r\n');
          return true;
        },
      },
    });
    const [a, b] = [await idOf('a'), await idOf('b')];
    expect(await driver.destroyMessages({ ids: [a, b] })).toEqual([{ id: a, isPending: true }, { id: b }]);
    expect(maildrop.messages.map((one) => one.uidl)).toEqual(['a']);
    expect((await driver.listMessages(everything)).total).toBe(0);
  });

  test.each([
    ['refuses QUIT', 'forbids'],
    ['closes instead of answering QUIT, with nothing deleted', 'closes'],
    ['closes instead of answering QUIT, with all deleted', 'deletes'],
    ['closes instead of answering QUIT and is gone', 'dies'],
  ])('a server that %s: the message is hidden, and gone after the next collection', async (_, how) => {
    let hasDeleted = false;
    let isFaulty = true;
    let isDead = false;
    const { maildrop, driver, idOf } = await serve({
      ...two,
      on: {
        USER: async (client) => {
          if (isDead) client.reset();
          return isDead;
        },
        DELE: async () => {
          hasDeleted = true;
          return false;
        },
        QUIT: async (client) => {
          if (!hasDeleted || !isFaulty) return false;
          hasDeleted = false;
          if (how === 'deletes') maildrop.messages = maildrop.messages.filter((one) => one.uidl !== 'a');
          if (how === 'dies') isDead = true;
          if (how === 'forbids') await client.write('-ERR some messages not removed\r\n');
          client.close();
          return true;
        },
      },
    });
    const a = await idOf('a');
    expect(await driver.destroyMessages({ ids: [a] })).toEqual([{ id: a, isPending: true }]);
    isDead = false;
    isFaulty = false;
    expect(maildrop.messages).toHaveLength(how === 'deletes' ? 1 : 2);
    expect((await driver.listMessages(everything)).items.map((item) => item.subject)).toEqual(['b']);
    await driver.maildrop?.collect();
    expect(maildrop.messages.map((one) => one.uidl)).toEqual(['b']);
    const report = { onServer: { messages: 1 }, here: { messages: 1 }, awaitingRemoval: 0 };
    expect(await driver.maildrop?.report()).toMatchObject(report);
  });
});

describe('a maildrop of many messages', () => {
  const many = Array.from({ length: 260 }, (_, index) => mail(`m${index}`, `s${index}`));
  /** So slow that the headers beyond the window are not read while the page waits. */
  const slowly = async () => {
    await new Promise((resolve) => setTimeout(resolve, 4));
    return false;
  };

  test('the page is given first; the session then reads the other headers, and makes room when asked', async () => {
    const { driver, server, verbs } = await serve({ messages: many, on: { TOP: slowly } });
    const page = await driver.listMessages({ ...everything, limit: 20 });
    expect(page.items.map((item) => item.subject)).toEqual(Array.from({ length: 20 }, (_, index) => `s${259 - index}`));
    const read = () => verbs(0).filter((verb) => verb === 'TOP').length;
    expect(read()).toBeLessThan(260);
    const second = await driver.listMessages({ ...everything, position: 200, limit: 20 });
    expect(second.items[0]?.subject).toBe('s59');
    expect(read()).toBeLessThan(260);
    await expect.poll(() => server.connections.at(-1)?.received.at(-1), { timeout: 10_000 }).toBe('QUIT');
    const third = await driver.listMessages(everything);
    expect(third.items).toHaveLength(200);
    expect(verbs(2)).not.toContain('TOP');
    // Known whole, the order is that of the dates, and the state says that it may have changed.
    expect(third.state).not.toBe(page.state);
  });

  test('a caller that leaves with its page does not break off the reading', async () => {
    const { driver, server } = await serve({ messages: many.slice(0, 150), on: { TOP: slowly } });
    const caller = new AbortController();
    await driver.listMessages({ ...everything, limit: 20 }, { signal: caller.signal });
    caller.abort();
    await expect.poll(() => server.connections[0]?.received.at(-1), { timeout: 10_000 }).toBe('QUIT');
  });
});

describe('turns', () => {
  /** A maildrop whose next session waits at this verb until it is let go on; never two sessions at once. */
  async function held(verb: string, limits: Partial<Pop3Limits> = {}) {
    let sessions = 0;
    let isHeld = false;
    let letGo: () => void = () => undefined;
    let goingOn = Promise.resolve();
    const served = await serve(
      {
        messages: [mail('a'), mail('b'), mail('c')],
        on: {
          USER: async () => {
            sessions += 1;
            expect(sessions).toBe(1);
            if (verb === 'USER') await goingOn;
            return false;
          },
          LIST: async () => {
            isHeld = verb === 'LIST';
            if (isHeld) await goingOn;
            return false;
          },
          QUIT: async () => {
            sessions -= 1;
            return false;
          },
        },
      },
      limits,
    );
    await served.driver.listMessages(everything);
    await served.driver.maildrop?.collect();
    await expect.poll(() => sessions).toBe(0);
    const opened = served.server.connections.length;
    goingOn = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    isHeld = false;
    return {
      ...served,
      letGo: () => letGo(),
      isHeld: () => isHeld,
      sessions: () => served.server.connections.length - opened,
    };
  }

  test('requests to one maildrop take turns, in order', async () => {
    const { driver, idOf, letGo, sessions } = await held('USER');
    const order: string[] = [];
    // Each of these is a session of its own.
    const destroy = async (id: string, name: string) => {
      await driver.destroyMessages({ ids: [id] });
      order.push(name);
    };
    letGo();
    const ids = [await idOf('a'), await idOf('b'), await idOf('c')];
    const before = sessions();
    await Promise.all(ids.map((id, index) => destroy(id, `${index}`)));
    expect(order).toEqual(['0', '1', '2']);
    expect(sessions() - before).toBe(3);
  });

  test('one that waits too long is told so', async () => {
    const { driver, letGo, subjects } = await held('USER', { waitMs: 300 });
    const first = driver.listMessages(everything);
    await expect(driver.openRaw({ id: 'pbm8' })).rejects.toMatchObject({ code: 'busy', retryAfterMs: 5_000 });
    letGo();
    await first;
    expect(await subjects()).toEqual(['c', 'b', 'a']);
  });

  test('looking for new mail is one session, whatever of it is asked at once', async () => {
    const { driver, maildrop, sessions, letGo, subjects } = await held('nothing');
    letGo();
    const look = () =>
      Promise.all([
        driver.listMailboxes({ counts: true }),
        driver.listMessages(everything),
        driver.listMailboxes({ counts: true }),
        driver.listMessageIds({ mailboxId: inboxId }),
        driver.maildrop?.collect(),
      ]);
    await look();
    expect(sessions()).toBe(1);
    // New mail is listed in one, and taken in another.
    maildrop.messages.push(mail('d'));
    const [mailboxes, page, , ids] = await look();
    expect(sessions()).toBe(3);
    expect([mailboxes[0]?.totalMessages, page.total, ids.length]).toEqual([4, 4, 4]);
    expect((await driver.maildrop?.report())?.here.messages).toBe(4);
    expect(await subjects()).toEqual(['d', 'c', 'b', 'a']);
  });

  test('a listing that was begun before a request came is not taken for its own', async () => {
    const { driver, maildrop, sessions, isHeld, letGo } = await held('LIST');
    const first = driver.listMessages(everything);
    await expect.poll(isHeld).toBe(true);
    maildrop.messages.push(mail('d'));
    const second = driver.listMessages(everything);
    letGo();
    expect([(await first).total, (await second).total]).toEqual([3, 4]);
    expect(sessions()).toBe(2);
  });

  test('a maildrop in use elsewhere is tried again for a moment, then the list is of what is known, and the rest is told as busy', async () => {
    let refusals = 2;
    const inUse = async (client: Client) => {
      refusals -= 1;
      if (refusals < 0) return false;
      await client.write('-ERR [IN-USE] Do you have another POP session running?\r\n');
      client.close();
      return true;
    };
    const { driver, server } = await serve({ messages: [mail('a')], on: { PASS: inUse } });
    const { total, items } = await driver.listMessages(everything);
    expect(total).toBe(1);
    expect(server.connections).toHaveLength(3);
    refusals = 6;
    expect(await driver.listMessages(everything)).toMatchObject({ total: 1, items, problem: 'busy' });
    await expect(driver.getMessage({ id: items[0]?.id ?? '' })).rejects.toMatchObject({
      code: 'busy',
      retryAfterMs: 30_000,
      serverText: 'Do you have another POP session running?',
    });
    expect(server.connections).toHaveLength(9);
  });

  test('a dead server of one account does not slow another account', async () => {
    const stall = async (client: Client) => {
      await client.stall();
      return true;
    };
    const dead = await serve({ on: { USER: stall } }, { answerMs: 1_000 });
    const alive = await serve({ messages: [mail('a')] });
    const waiting = [1, 2, 3].map(() => dead.driver.listMessages(everything).catch((error: unknown) => error));
    const started = Date.now();
    expect(await alive.subjects()).toEqual(['a']);
    expect(Date.now() - started).toBeLessThan(900);
    await dead.driver.close();
    for (const one of waiting) expect(await one).toMatchObject({ code: 'cancelled' });
  });

  test('the overall deadline ends a request whose server trickles', async () => {
    const { driver } = await serve(
      {
        on: {
          LIST: async (client) => {
            await client.write('+OK\r\n');
            for (let number = 1; ; number += 1) {
              await client.write(`${number} 5\r\n`);
              await new Promise((resolve) => setTimeout(resolve, 20));
            }
          },
        },
      },
      { requestMs: 250 },
    );
    await expect(driver.listMessages(everything)).rejects.toMatchObject({ code: 'timeout' });
  });
});

describe('searching texts', () => {
  test('hits come while it runs, and ending it closes the session without QUIT', async () => {
    const messages = Array.from({ length: 30 }, (_, index) => mail(`m${index}`, `s${index}`, 'the needle\r\n'));
    let isHeld = true;
    const { driver, server } = await serve({
      messages,
      on: {
        RETR: async (client, argument) => {
          if (argument === '28' && isHeld) await client.stall();
          return false;
        },
      },
    });
    await driver.listMessages(everything);
    const hits: string[] = [];
    for await (const event of driver.search({ query: { type: 'text', text: 'needle' } })) {
      if (event.type === 'hits') hits.push(...event.items.map((item) => item.subject));
      if (hits.length < 2) continue;
      await expect.poll(() => server.connections[1]?.received.at(-1)).toBe('RETR 28');
      break;
    }
    expect(hits).toEqual(['s29', 's28']);
    expect(server.connections[1]?.received.at(-1)).toBe('RETR 28');
    isHeld = false;

    const controller = new AbortController();
    controller.abort();
    const aborted = driver.search({ query: { type: 'all' } }, { signal: controller.signal });
    await expect(aborted[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'cancelled' });
    expect((await driver.listMessages(everything)).total).toBe(30);
  });

  test('makes room for another request, then goes on to the end', async () => {
    const messages = Array.from({ length: 12 }, (_, index) => mail(`m${index}`, `s${index}`, 'the needle\r\n'));
    let isReached: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      isReached = resolve;
    });
    let isListing: () => void = () => undefined;
    const listing = new Promise<void>((resolve) => {
      isListing = resolve;
    });
    const { driver, server } = await serve({
      messages,
      on: {
        RETR: async (_client, argument) => {
          if (argument !== '9') return false;
          isReached();
          await listing;
          return false;
        },
      },
    });
    await driver.listMessages(everything);
    const searching = (async () => {
      const hits: string[] = [];
      for await (const event of driver.search({ query: { type: 'text', text: 'needle' } })) {
        if (event.type === 'hits') hits.push(...event.items.map((item) => item.subject));
      }
      return hits;
    })();
    await reached;
    const page = driver.listMessages(everything);
    isListing();
    expect((await page).total).toBe(12);
    const hits = await searching;
    expect(hits).toEqual(Array.from({ length: 12 }, (_, index) => `s${11 - index}`));
    // The listing before, the search, the listing that came between, the rest of the search.
    expect(server.connections).toHaveLength(4);
    expect(server.connections[2]?.received).not.toContain('RETR 8');
  });

  test('what a search took is kept: the next one, and reading, ask the server for no message', async () => {
    const { driver, server, idOf } = await serve(
      { messages: [mail('a', 'first', 'the needle\r\n'), mail('b', 'second', 'some hay\r\n')] },
      { freshMs: 60_000 },
    );
    const find = async (text: string) => {
      const hits: string[] = [];
      for await (const event of driver.search({ query: { type: 'text', text } }))
        if (event.type === 'hits') hits.push(...event.items.map((item) => item.subject));
      return hits;
    };
    const taken = () =>
      server.connections.flatMap(({ received }) => received.filter((line) => line.startsWith('RETR')));
    expect(await find('needle')).toEqual(['first']);
    expect(taken().sort()).toEqual(['RETR 1', 'RETR 2']);
    const sessions = server.connections.length;
    expect(await find('HÁY')).toEqual(['second']);
    expect(await find('need')).toEqual(['first']);
    // Everything is kept and the server was asked a moment ago.
    expect(server.connections).toHaveLength(sessions);
    expect((await driver.getMessage({ id: await idOf('second') })).textBody[0]?.text).toMatch('some hay');
    expect(taken()).toHaveLength(2);
  });

  test('what the server refuses is told, and the next search does not ask for it again', async () => {
    const { driver, server } = await serve(
      {
        messages: [mail('a', 'first', 'the needle\r\n'), mail('b', 'second', 'some hay\r\n')],
        on: {
          RETR: async (client, argument) => {
            if (argument !== '2') return false;
            await client.write('-ERR quarantined\r\n');
            return true;
          },
        },
      },
      { freshMs: 60_000 },
    );
    await driver.listMessages(everything);
    const find = async () => {
      const hits: string[] = [];
      for await (const event of driver.search({ query: { type: 'text', text: 'needle' } }))
        if (event.type === 'hits') hits.push(...event.items.map((item) => item.subject));
      return hits;
    };
    expect(await find()).toEqual(['first']);
    const refused = { total: 1, items: [{ subject: 'second', words: 'quarantined' }] };
    expect(await driver.maildrop?.report()).toMatchObject({ refused });
    const sessions = server.connections.length;
    expect(await find()).toEqual(['first']);
    expect(server.connections).toHaveLength(sessions);
    // A collection asks each time.
    await driver.maildrop?.collect();
    expect(server.connections.at(-1)?.received).toContain('RETR 2');
  });

  test('finds what a collection takes in while the search waits for its turn', async () => {
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isTaken = false;
    const { driver, server } = await serve({
      messages: [mail('a', 'first', 'the needle\r\n')],
      on: {
        RETR: async () => {
          isTaken = true;
          await released;
          return false;
        },
      },
    });
    const collecting = driver.maildrop?.collect();
    await expect.poll(() => isTaken).toBe(true);
    const hits: string[] = [];
    const searching = (async () => {
      for await (const event of driver.search({ query: { type: 'text', text: 'needle' } }))
        if (event.type === 'hits') hits.push(...event.items.map((item) => item.subject));
    })();
    await expect.poll(() => isMaildropWanted(`127.0.0.1\n${server.port}\nann`)).toBe(true);
    expect(hits).toEqual([]);
    release();
    await Promise.all([collecting, searching]);
    expect(hits).toEqual(['first']);
  });

  test('mail that came since the server was last asked is found once that is long enough ago', async () => {
    const { maildrop, driver, subjects, server } = await serve({ messages: [mail('a', 'first')] }, { freshMs: 300 });
    const find = async () => {
      const hits: string[] = [];
      for await (const event of driver.search({ query: { type: 'subject', text: 'second' } }))
        if (event.type === 'hits') hits.push(...event.items.map((item) => item.subject));
      return hits;
    };
    await subjects();
    maildrop.messages.push(mail('b', 'second'));
    expect(await find()).toEqual([]);
    expect(server.connections).toHaveLength(1);
    await expect.poll(find).toEqual(['second']);
  });

  test('a server that dies half-way: what was found stands, and the search says that it is not whole', async () => {
    const messages = Array.from({ length: 5 }, (_, index) => mail(`m${index}`, `s${index}`, 'the needle\r\n'));
    const { driver } = await serve({
      messages,
      on: {
        RETR: async (client, argument) => {
          if (argument !== '3') return false;
          client.reset();
          return true;
        },
      },
    });
    const events = [];
    for await (const event of driver.search({ query: { type: 'text', text: 'needle' } })) events.push(event);
    expect(events.filter((event) => event.type === 'hits')).toHaveLength(2);
    expect(events.at(-2)).toEqual({ type: 'incomplete', mailboxId: inboxId, code: 'unreachable' });
    expect(events.at(-1)).toEqual({ type: 'done', total: 2 });
    const whole = driver.listMessageIds({ mailboxId: inboxId, query: { type: 'text', text: 'nothing' } });
    await expect(whole).rejects.toMatchObject({ code: 'unreachable' });
  });
});

test('a message of a 10 MB header line does not stop the list', async () => {
  const messages = [
    mail('a'),
    { uidl: 'b', bytes: `X-Long: ${'x'.repeat(10_000_000)}\r\nSubject: late\r\n\r\nbody\r\n` },
  ];
  const { subjects } = await serve({ messages }, { answerMs: 20_000 });
  expect(await subjects()).toEqual(['', 'a']);
  expect(stuffed('.')).toEqual(Buffer.from('..\r\n.\r\n'));
});
