import { afterEach, describe, expect, test } from 'vitest';
import { mailboxIdOf } from '../ids.ts';
import type { ExchangeLine } from '../model.ts';
import { plainImap } from '../testing/plain-imap.ts';
import { type Answer, imapScript, type ScriptedImap } from '../testing/scripted-imap.ts';
import { type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { createImapDriver } from './driver.ts';
import { closePool } from './pool.ts';

const page = { mailboxId: mailboxIdOf('INBOX'), position: 0, limit: 50 };
const servers: ScriptedServer[] = [];
afterEach(async () => {
  await closePool(0);
  for (const server of servers.splice(0)) await server.stop();
});

async function start(script: ScriptedImap = {}, password = 'open sesame', log?: (entry: object) => void) {
  const server = await startScriptedServer(imapScript(script));
  servers.push(server);
  const { port } = server;
  const driver = createImapDriver({
    key: { sessionId: `trace ${port}`, accountId: 'a' },
    server: plainImap(port),
    login: { username: 'ann', password },
    ...(log ? { log } : {}),
  });
  const lines: ExchangeLine[] = [];
  const leaving = new AbortController();
  const listen = () =>
    driver.trace({ onLine: (line) => void lines.push(line), onSkipped: () => undefined }, { signal: leaving.signal });
  const told = () =>
    lines.map(({ direction, tag, text }) => `${direction === 'client' ? 'C' : 'S'}: ${tag ? '# ' : ''}${text}`);
  return { server, driver, listen, leaving, lines, told };
}

const refusing =
  (words: string): Answer =>
  async (connection, tag) =>
    connection.write(`${tag} NO ${words}\r\n`);

describe('what an IMAP connection tells of itself', () => {
  test('commands and answers with their tags, and of mail only how much it is', async () => {
    const FETCH: Answer = async (connection, tag) => {
      const words = 'nobody’s business';
      await connection.write(
        `* 1 FETCH (UID 1 FLAGS () BODY[HEADER.FIELDS (REFERENCES)] {4}\r\nabcd PREVIEW "${words}" BODY[1]<0> "a \\"b\\" c")\r\n${tag} OK done\r\n`,
      );
    };
    const { driver, listen, told, lines } = await start({ answers: { FETCH } });
    void listen();
    await driver.listMessages(page).catch(() => undefined);
    expect(told()[0]).toMatch(/^S: \* OK \[CAPABILITY/);
    expect(told()).toContain('C: # LOGIN ••••');
    expect(told()).toContain('C: # SELECT INBOX');
    expect(told()).toContain('S: # OK done');
    const row = lines.find(({ text }) => text.includes('FETCH (UID 1'));
    expect(row?.text).toBe(
      '* 1 FETCH (UID 1 FLAGS () BODY[HEADER.FIELDS (REFERENCES)] {4 bytes} PREVIEW {19 bytes} BODY[1]<0> {9 bytes})',
    );
    expect(row?.sizeBytes).toBeGreaterThan(row?.text.length ?? 0);
    const [select, done] = lines.filter(({ tag }) => tag === lines.find(({ text }) => text.startsWith('SELECT'))?.tag);
    expect([select?.direction, done?.direction]).toEqual(['client', 'server']);
  });

  test('also over a connection that was open before anybody listened, and nothing after they left', async () => {
    const { driver, listen, leaving, told } = await start();
    await driver.listMessages(page);
    expect(told()).toEqual([]);
    const listening = listen();
    await driver.listMessages(page);
    const count = told().length;
    expect(told().some((line) => line.startsWith('C: # FETCH'))).toBe(true);
    expect(told().join('\n')).not.toContain('LOGIN');
    leaving.abort();
    await listening;
    await driver.listMessages(page);
    expect(told()).toHaveLength(count);
  });

  test('that we are Posthorn, and nothing of what it is made of', async () => {
    const { driver, listen, told } = await start({ capability: 'IMAP4rev1 ID' });
    void listen();
    await driver.listMessages(page);
    expect(told()).toContain('C: # ID ("name" "Posthorn")');
  });

  test('of a message that is appended its size alone, in one piece or behind a continuation', async () => {
    const raw = Buffer.from('Subject: x\r\n\r\nnobody’s business\r\n');
    for (const capability of ['IMAP4rev1 LITERAL+', 'IMAP4rev1']) {
      const APPEND: Answer = async (connection, tag, line) => {
        const size = Number(/\{(\d+)/.exec(line)?.[1]);
        if (!line.includes('+}')) await connection.write('+ go on\r\n');
        await connection.readBytes(size + 2);
        await connection.write(`${tag} OK [APPENDUID 7 2] done\r\n`);
      };
      const { driver, listen, told } = await start({ capability, answers: { APPEND } });
      void listen();
      await driver.appendMessage({ mailboxId: mailboxIdOf('INBOX'), raw, keywords: [] });
      expect(told().join('\n')).not.toMatch(/nobody|Subject/);
      expect(told().find((line) => line.startsWith('C: # APPEND'))).toContain(`{${raw.length} bytes}`);
    }
  });

  test('ends when the sign-in does', async () => {
    const { driver, listen } = await start();
    const listening = listen();
    await driver.listMessages(page);
    await driver.close();
    await listening;
  });

  test('keeps what passes out of the log of the product', async () => {
    const logged: object[] = [];
    const answers = { SELECT: refusing('a secret word of the server') };
    const { driver, listen } = await start({ answers }, 'open sesame', (entry) => logged.push(entry));
    void listen();
    await driver.listMessages(page).catch(() => undefined);
    expect(JSON.stringify(logged)).not.toMatch(/sesame|secret word|SELECT INBOX/);
  });
});

describe('the secret of an IMAP connection', () => {
  const secrets = ['open sesame', 'a"b\\c d', 'correct horse “battery”', 'A1 NOOP'];
  const formsOf = (secret: string) => {
    const quoted = secret.replace(/["\\]/g, '\\$&');
    const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
    return [secret, quoted, base64(secret), base64(`\0ann\0${secret}`)];
  };
  /** Takes the literal of a secret that no quoted string holds, and says it all again. */
  const login =
    (secret: string): Answer =>
    async (connection, tag, line) => {
      const size = /\{(\d+)\}$/.exec(line)?.[1];
      if (size) {
        await connection.write('+ go on\r\n');
        await connection.readBytes(Number(size) + 2);
      }
      await connection.write(`* OK you said ${line} — ${formsOf(secret).join(' , ')}\r\n${tag} OK welcome\r\n`);
    };
  const plain =
    (secret: string): Answer =>
    async (connection, tag) => {
      await connection.write('+ \r\n');
      const line = await connection.readLine();
      await connection.write(`* OK you said ${line} — ${formsOf(secret).join(' , ')}\r\n${tag} OK welcome\r\n`);
    };

  test.each(secrets)('%s is in no line, also where the server repeats it', async (secret) => {
    for (const capability of ['IMAP4rev1', 'IMAP4rev1 AUTH=PLAIN', 'IMAP4rev1 AUTH=LOGIN', 'IMAP4rev1 LITERAL+']) {
      const AUTHENTICATE: Answer = capability.endsWith('PLAIN')
        ? plain(secret)
        : async (connection, tag) => {
            for (const prompt of ['Username:', 'Password:']) {
              await connection.write(`+ ${Buffer.from(prompt).toString('base64')}\r\n`);
              await connection.readLine();
            }
            await connection.write(`* OK ${formsOf(secret).join(' , ')}\r\n${tag} OK welcome\r\n`);
          };
      const NOOP: Answer = async (connection, tag) =>
        connection.write(`* OK ${formsOf(secret).join(' , ')}\r\n${tag} OK\r\n`);
      const answers = { LOGIN: login(secret), AUTHENTICATE, NOOP };
      const { driver, listen, told } = await start({ capability, answers }, secret);
      void listen();
      await driver.listMessages(page);
      await driver.listMessages(page);
      const all = told().join('\n');
      expect(all.match(/••••/g)?.length).toBeGreaterThan(4);
      for (const form of formsOf(secret)) expect(all).not.toContain(form);
      expect(all).toContain('C: # SELECT INBOX');
    }
  });
});
