import { afterEach, describe, expect, it } from 'vitest';
import type { MailDriver } from '../driver.ts';
import { imapMessageIdOf, mailboxIdOf } from '../ids.ts';
import { costOf, processorMs } from '../testing/held.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { type Answer, imapScript } from '../testing/scripted-imap.ts';
import { type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';

/** One message of a hostile server, made to be costly. It is shown within bounds or refused by name, and nobody else waits. */

const mebibyte = 1024 * 1024;
const person = '("Somebody Longer" NIL "somebody" "example.org")';
const leaf = '("text" "plain" ("charset" "utf-8") NIL NIL "7bit" 4 1)';
const literal = (bytes: string) => `{${bytes.length}}\r\n${bytes}`;

interface Bomb {
  subject?: string;
  to?: string;
  structure?: string;
  body?: string;
}
const row = ({ subject = '"Hi"', to = 'NIL', structure = leaf, body = '"text"' }: Bomb, number = 1) =>
  Buffer.from(
    `* ${number} FETCH (UID ${number} FLAGS () INTERNALDATE "05-Jan-2026 10:00:00 +0000" RFC822.SIZE 100 ENVELOPE (NIL ${subject} (${person}) NIL NIL (${to}) NIL NIL NIL NIL) BODYSTRUCTURE ${structure} BODY[1] ${body} BODY[HEADER] "")\r\n`,
    'latin1',
  );

const deep = (depth: number) => `${'('.repeat(depth)}${leaf}${' "mixed")'.repeat(depth)}`;
const messages = (depth: number): string => {
  const envelope = '(NIL "x" NIL NIL NIL NIL NIL NIL NIL NIL)';
  return `${`("message" "rfc822" NIL NIL NIL "7bit" 9 ${envelope} `.repeat(depth)}${leaf}${' 1)'.repeat(depth)}`;
};

const bombs: [string, Bomb, 'tooLarge' | 'protocol' | null][] = [
  ['10,000 parts', { structure: `(${leaf.repeat(10_000)} "mixed")` }, null],
  ['multiparts 40 deep', { structure: deep(40) }, null],
  ['multiparts 10,000 deep', { structure: deep(10_000) }, null],
  ['multiparts 100,000 deep', { structure: deep(100_000) }, null],
  ['messages 10,000 deep', { structure: messages(10_000) }, null],
  ['a subject of 10 MB', { subject: literal('x'.repeat(10 * mebibyte)) }, null],
  ['a subject of encoded words', { subject: literal('=?utf-8?q?=C3?= '.repeat(65_536)) }, null],
  ['50,000 recipients', { to: person.repeat(50_000) }, null],
  ['200,000 recipients', { to: person.repeat(200_000) }, 'tooLarge'],
  ['a text of 20 MB in one line', { body: literal('x'.repeat(20 * mebibyte)) }, null],
  ['a text of 100 MB', { body: `{${100 * mebibyte}}\r\n` }, 'tooLarge'],
];

describe('a message made to be costly', () => {
  let server: ScriptedServer | undefined;
  afterEach(async () => {
    await closePool(0);
    await server?.stop();
  });

  async function start(bomb: Bomb, count = 1): Promise<MailDriver> {
    const answer: Answer = async (connection, tag) => {
      for (let number = 1; number <= count; number += 1) await connection.write(row(bomb, number));
      await connection.write(`${tag} OK done\r\n`);
    };
    const select: Answer = async (connection, tag) =>
      connection.write(
        `* ${count} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT ${count + 1}] ok\r\n${tag} OK done\r\n`,
      );
    server = await startScriptedServer(imapScript({ answers: { SELECT: select, FETCH: answer, 'UID FETCH': answer } }));
    return createImapDriver({
      key: { sessionId: `bomb ${server.port}`, accountId: 'a' },
      server: plainImap(server.port),
      login: { username: 'ann', password: 'secret' },
    });
  }

  it.each(bombs)(
    'is listed and opened within bounds, or refused: %s',
    async (_, bomb, code) => {
      const driver = await start(bomb);
      const id = imapMessageIdOf({ path: 'INBOX', uidValidity: 7, uid: 1 });
      const outcomes: unknown[] = [];
      const told = (error: { code: string }) => error.code;
      const { heldMs, peakBytes } = await costOf(async () => {
        outcomes.push(
          await driver.listMessages({ mailboxId: mailboxIdOf('INBOX'), position: 0, limit: 50 }).then(() => null, told),
        );
        outcomes.push(await driver.getMessage({ id }).then(() => null, told));
        outcomes.push(await driver.openMessage({ id, partId: '1.2' }).then(() => null, told));
      });
      expect(outcomes).toEqual([code, code, code ?? 'notFound']);
      expect(heldMs).toBeLessThan(1_000);
      expect(peakBytes).toBeLessThan(320 * mebibyte);
    },
    60_000,
  );

  it('is listed with nineteen others like it, and others have their turn in between', async () => {
    const driver = await start({ structure: `(${leaf.repeat(10_000)} "mixed")` }, 20);
    let listed = 0;
    const started = process.cpuUsage();
    const { heldMs } = await costOf(async () => {
      const list = await driver.listMessages({ mailboxId: mailboxIdOf('INBOX'), position: 0, limit: 50 });
      listed = list.items.filter(({ hasAttachment }) => !hasAttachment).length;
    });
    expect(listed).toBe(20);
    expect(processorMs(started)).toBeLessThan(3_000);
    expect(heldMs).toBeLessThan(500);
  }, 60_000);

  it('of 10,000 parts shows some and says that there are more', async () => {
    const driver = await start({ structure: `(${leaf.repeat(10_000)} "mixed")` });
    const { textBody, warnings } = await driver.getMessage({
      id: imapMessageIdOf({ path: 'INBOX', uidValidity: 7, uid: 1 }),
    });
    expect([textBody.length, warnings]).toEqual([40, ['tooManyParts']]);
  });
});
