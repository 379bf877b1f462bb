import { afterEach, describe, expect, it } from 'vitest';
import type { MailDriver } from '../driver.ts';
import type { MailErrorCode } from '../errors.ts';
import { mailboxIdOf } from '../ids.ts';
import { processorMs } from '../testing/held.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { type Answer, countOf, imapScript } from '../testing/scripted-imap.ts';
import { type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';

const page = { mailboxId: mailboxIdOf('INBOX'), position: 0, limit: 50 };
const login = { username: 'ann', password: 'secret' };
const capability = 'IMAP4rev1 UIDPLUS MOVE ESEARCH';

const answering =
  (bytes: string | Buffer): Answer =>
  async (connection, tag) => {
    await connection.write(bytes);
    await connection.write(`${tag} OK done\r\n`);
  };
/** 600,000 lines and more: a server that goes on for some seconds. */
const flood = (line: (at: number) => string, times = 600_000) =>
  answering(Buffer.from(Array.from({ length: times }, (_, at) => `* ${line(at)}\r\n`).join('')));
const select = (exists: number) =>
  answering(`* ${exists} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 2] ok\r\n`);
const all = Array.from({ length: 1_900_000 }, (_, at) => at + 1);

const list = (driver: MailDriver) => driver.listMessages(page);
const listTwice = async (driver: MailDriver) => {
  await list(driver);
  return await list(driver);
};
const listMailboxes = (driver: MailDriver) => driver.listMailboxes({ counts: false });
const empty = (driver: MailDriver) => driver.emptyMailbox({ mailboxId: mailboxIdOf('Trash') });
const trash = answering('* LIST () "/" INBOX\r\n* LIST (\\Trash) "/" Trash\r\n');

interface Flood {
  name: string;
  answers: Record<string, Answer>;
  act: (driver: MailDriver) => Promise<unknown>;
  code: MailErrorCode;
}
const floods: Flood[] = [
  { name: 'one row', answers: { FETCH: flood(() => '1 FETCH (UID 1 FLAGS ())') }, act: list, code: 'protocol' },
  { name: 'unasked rows', answers: { FETCH: flood(() => '9 FETCH (UID 99 FLAGS ())') }, act: list, code: 'protocol' },
  { name: 'EXISTS', answers: { NOOP: flood((at) => `${at} EXISTS`) }, act: listTwice, code: 'protocol' },
  { name: 'VANISHED', answers: { NOOP: answering('* VANISHED 1:4294967295\r\n') }, act: listTwice, code: 'protocol' },
  { name: 'folders', answers: { LIST: flood((at) => `LIST () "/" a${at}`) }, act: listMailboxes, code: 'protocol' },
  {
    name: 'deep folders',
    answers: { LIST: flood((at) => `LIST () "/" ${at}${'/b'.repeat(400)}`, 4_500) },
    act: listMailboxes,
    code: 'tooLarge',
  },
  {
    name: 'UIDs in nine bytes',
    answers: {
      LIST: trash,
      SELECT: select(4_294_967_295),
      'UID SEARCH': answering('* ESEARCH UID ALL 1:4294967295\r\n'),
    },
    act: empty,
    code: 'tooLarge',
  },
  {
    name: 'UIDs in many lines',
    answers: { LIST: trash, 'UID SEARCH': flood((at) => `SEARCH ${at + 1}`) },
    act: empty,
    code: 'protocol',
  },
  {
    name: 'UIDs in one line',
    answers: { LIST: trash, 'UID SEARCH': answering(Buffer.from(`* SEARCH ${all.join(' ')}\r\n`)) },
    act: empty,
    code: 'tooLarge',
  },
];

/** The most that is computed while someone else waits for a page and `work` goes on, in ms of processor time. */
async function worstWait(other: MailDriver, work: Promise<unknown>): Promise<number> {
  let isGoing = true;
  const over = () => {
    isGoing = false;
  };
  work.then(over, over);
  let worst = 0;
  while (isGoing) {
    const since = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 1));
    await other.listMessages(page);
    worst = Math.max(worst, processorMs(since));
  }
  return worst;
}

describe('a server that floods', () => {
  const servers: ScriptedServer[] = [];
  const start = async (answers: Record<string, Answer> = {}) => {
    const server = await startScriptedServer(imapScript({ capability, answers }));
    servers.push(server);
    const { port } = server;
    const driver = createImapDriver({
      key: { sessionId: `flood ${port}`, accountId: 'a' },
      server: plainImap(port),
      login,
    });
    return { server, driver };
  };
  afterEach(async () => {
    await closePool(0);
    for (const server of servers.splice(0)) await server.stop();
  });

  it.each(floods)('is left at once for $name, with nobody else waiting and no mail touched', async (given) => {
    const { server, driver } = await start(given.answers);
    const { driver: other } = await start();
    await other.listMessages(page);
    const flooded = given.act(driver).then(
      () => 'believed',
      (error: { code: string }) => error.code,
    );
    expect(await worstWait(other, flooded)).toBeLessThan(500);
    expect(await flooded).toBe(given.code);
    expect(server.connections).toHaveLength(1);
    for (const command of ['UID STORE', 'UID EXPUNGE', 'EXPUNGE']) expect(countOf(server.connections, command)).toBe(0);
  });

  it('is not believed where it names more copies than it was asked for, and nobody else waits', async () => {
    const copied = '* OK [COPYUID 9 1:4294967295 1:4294967295] moved\r\n'.repeat(1_000);
    let isMoved = false;
    const { driver } = await start({
      'UID SEARCH': async (connection, tag) => answering(`* SEARCH${isMoved ? '' : ' 1'}\r\n`)(connection, tag, ''),
      async 'UID MOVE'(connection, tag) {
        isMoved = true;
        await answering(copied)(connection, tag, '');
      },
    });
    const { driver: other } = await start();
    const { items } = await driver.listMessages(page);
    await other.listMessages(page);
    const id = items[0]?.id ?? '';
    const moving = driver.moveMessages({ ids: [id], to: mailboxIdOf('Trash') });
    expect(await worstWait(other, moving)).toBeLessThan(500);
    expect(await moving).toEqual([{ id }]);
  });

  it('is no server that tells of every message in a mailbox of 30,000, flags and farewell', async () => {
    const much = [
      ...Array.from({ length: 30_000 }, (_, at) => `* ${at + 1} FETCH (UID ${at + 1} FLAGS (\\Seen))\r\n`),
      ...Array.from({ length: 29_999 }, () => '* 2 EXPUNGE\r\n'),
    ].join('');
    const { server, driver } = await start({ SELECT: select(30_000), NOOP: answering(much) });
    await driver.listMessages({ ...page, position: 29_999 });
    expect(await driver.listMessages(page)).toMatchObject({ total: 1, items: [{ subject: 'Scripted' }] });
    expect(server.connections).toHaveLength(1);
  });
});
