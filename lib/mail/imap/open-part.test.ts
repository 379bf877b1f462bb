import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { imapMessageIdOf, mailboxIdOf } from '../ids.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { letter } from '../testing/letters.ts';
import { manyUsers, openElsewhere } from '../testing/people.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { imapScript } from '../testing/scripted-imap.ts';
import { startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool, poolStatus } from './pool.ts';

const inbox = { mailboxId: mailboxIdOf('INBOX'), position: 0, limit: 10 };
const body = 'All work and no play makes Jack a dull boy.\r\n'.repeat(50_000);
const driverOf = (port: number, login: { username: string; password: string }, perAccount = 2) =>
  createImapDriver({
    key: { sessionId: login.username, accountId: 'a' },
    server: plainImap(port),
    login,
    limits: { perAccount, acquireMs: 2_000 },
  });
const begun = (stream: Readable) => new Promise((resolve) => stream.once('readable', resolve));
const busy = () => poolStatus().open - poolStatus().idle;

afterEach(() => closePool(0));

describe('a long message, read slowly', () => {
  const users = manyUsers(7);
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot({ users });
  });
  afterAll(() => dovecot.stop());

  async function someone() {
    const login = users.shift();
    if (!login) throw new Error('no more people');
    const elsewhere = await openElsewhere(dovecot, login);
    await elsewhere.deliver(letter({ subject: 'Long', body }));
    const driver = driverOf(dovecot.ports.imap, login);
    const { items } = await driver.listMessages(inbox);
    return { login, elsewhere, driver, id: items[0]?.id ?? '' };
  }

  it('holds no connection while nobody reads, and is whole for each of four readers', async () => {
    const { driver, elsewhere, id } = await someone();
    const readers = await Promise.all([1, 2, 3, 4].map(() => driver.openRaw({ id })));
    await Promise.all(readers.map(({ stream }) => begun(stream)));
    await expect.poll(busy).toBe(0);
    expect((await driver.listMessages(inbox)).items).toHaveLength(1);
    for (const { stream } of readers) expect((await buffer(stream)).includes(body)).toBe(true);
    elsewhere.close();
  });

  it('gives others a turn after each piece of it', async () => {
    const { driver, elsewhere, id } = await someone();
    const { stream } = await driver.openRaw({ id });
    let [turns, isGoing] = [0, true];
    const count = () => {
      turns += 1;
      if (isGoing) setImmediate(count);
    };
    count();
    const pieces: [bytes: number, turn: number][] = [];
    for await (const piece of stream) pieces.push([piece.length, turns]);
    isGoing = false;
    expect(pieces.length).toBeGreaterThan(20);
    expect(Math.max(...pieces.map(([bytes]) => bytes))).toBeLessThanOrEqual(64 * 1024);
    expect(new Set(pieces.map(([, turn]) => turn)).size).toBe(pieces.length);
    elsewhere.close();
  });

  it('is asked for its tree once, however many parts it has and are taken', async () => {
    const { driver, elsewhere } = await someone();
    const parts = Array.from({ length: 200 }, (_, at) => `--b\r\n\r\npart ${at + 1}`).join('\r\n');
    const headers = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'];
    await elsewhere.deliver(letter({ subject: 'Parts', headers, body: `${parts}\r\n--b--` }));
    const { items } = await driver.listMessages(inbox);
    const id = items.find(({ subject }) => subject === 'Parts')?.id ?? '';
    const asked: string[] = [];
    const leaving = new AbortController();
    driver.trace(
      {
        onLine: ({ direction, text }) => void (direction === 'client' && asked.push(text)),
        onSkipped: () => undefined,
      },
      { signal: leaving.signal },
    );
    for (const partId of ['1', '7', '200'])
      expect((await buffer((await driver.openPart({ id, partId })).stream)).toString()).toBe(`part ${partId}`);
    expect(asked.filter((line) => line.includes('BODY.PEEK'))).toHaveLength(3);
    for (const _ of ['opened', 'and once more'])
      expect((await driver.getMessage({ id })).textBody[0]?.text).toMatch(/^part 1/);
    expect(asked.filter((line) => line.includes('BODYSTRUCTURE'))).toHaveLength(1);
    leaving.abort();
    elsewhere.close();
  });

  it('goes on over a fresh connection where the server has closed the first', async () => {
    const { driver, login, elsewhere, id } = await someone();
    elsewhere.close();
    const { stream } = await driver.openPart({ id, partId: '1' });
    await begun(stream);
    await expect.poll(busy).toBe(0);
    expect(dovecot.killSessions(login.username)).toBeGreaterThan(0);
    expect((await buffer(stream)).includes(body)).toBe(true);
  });

  it('fails where the message is expunged meanwhile, and does not end as if it were whole', async () => {
    const { driver, elsewhere, id } = await someone();
    const { stream } = await driver.openRaw({ id });
    await begun(stream);
    await expect.poll(busy).toBe(0);
    await elsewhere.expunge('Long');
    await expect(buffer(stream)).rejects.toMatchObject({ code: 'notFound' });
    elsewhere.close();
  });

  it('ends at an abort, whose connection others have at once', async () => {
    const { driver, elsewhere, id } = await someone();
    const stop = new AbortController();
    const { stream } = await driver.openPart({ id, partId: '1' }, { signal: stop.signal });
    await begun(stream);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stop.abort();
    await closed;
    await expect.poll(busy).toBe(0);
    expect((await driver.listMessages(inbox)).items).toHaveLength(1);
    elsewhere.close();
  });
});

it('is stale in mid-message where the mailbox has begun anew since the last chunk', async () => {
  let uidValidity = 7;
  const chunk = 'x'.repeat(256 * 1024);
  const server = await startScriptedServer(
    imapScript({
      answers: {
        SELECT: async (connection, tag) =>
          connection.write(
            `* 1 EXISTS\r\n* OK [UIDVALIDITY ${uidValidity}] ok\r\n* OK [UIDNEXT 2] ok\r\n${tag} OK\r\n`,
          ),
        'UID FETCH': async (connection, tag) =>
          connection.write(
            `* 1 FETCH (UID 1 RFC822.SIZE 900000 BODY[]<0> {${chunk.length}}\r\n${chunk})\r\n${tag} OK\r\n`,
          ),
      },
    }),
  );
  const driver = driverOf(server.port, { username: 'ann', password: 'secret' }, 1);
  const { stream } = await driver.openRaw({ id: imapMessageIdOf({ path: 'INBOX', uidValidity: 7, uid: 1 }) });
  await begun(stream);
  await expect.poll(busy).toBe(0);
  uidValidity = 8;
  await driver.listMessages({ ...inbox, mailboxId: mailboxIdOf('Other') });
  await expect(buffer(stream)).rejects.toMatchObject({ code: 'stale' });
  await server.stop();
});
