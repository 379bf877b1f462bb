import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { ServerUrl } from '../driver.ts';
import { makeCertificate } from '../testing/certificate.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { defaultLimits, type Pop3Limits } from './limits.ts';
import { pop3Url } from './testing/account.ts';
import { playMaildrop, type ScriptedMaildrop, stuffed } from './testing/scripted-maildrop.ts';
import { createUnstuffer } from './unstuff.ts';
import { openWire } from './wire.ts';

const login = { username: 'ann', password: 'secret' };
const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function serve(script: Script | Partial<ScriptedMaildrop>, options: { tls?: boolean } = {}) {
  const server = await startScriptedServer(
    typeof script === 'function' ? script : playMaildrop({ messages: [], ...script }),
    options,
  );
  servers.push(server);
  return server;
}

const open = (
  server: ScriptedServer,
  url: Partial<ServerUrl> = {},
  limits: Partial<Pop3Limits> = {},
  signal = new AbortController().signal,
  as = login,
) => openWire(pop3Url({ port: server.port, ...url }), as, { ...defaultLimits, answerMs: 2_000, ...limits }, signal);

const linesOf = (server: ScriptedServer, index = 0) => server.connections[index]?.received ?? [];
const message = (bytes: Buffer | string) => ({ messages: [{ uidl: 'a', bytes }] });

describe('a message, byte for byte', () => {
  const bytes = Buffer.from('Subject: x\r\n\r\n.dot\r\n..two\r\n.\r\n\r\nbare\n.\nlf \xff\xfe\0\r end\r\n', 'latin1');
  const answer = Buffer.concat([Buffer.from('+OK 60 octets\r\n'), stuffed(bytes)]);

  test('whole at every position where TCP may cut the answer', async () => {
    const cuts = Array.from({ length: answer.length - 1 }, (_, index) => index + 1);
    const server = await serve({
      ...message(''),
      on: {
        RETR: async (client) => {
          const cut = cuts.shift();
          await client.write(answer, cut === undefined ? [...answer.keys()] : [cut]);
          return true;
        },
      },
    });
    const wire = await open(server);
    for (let left = cuts.length; left >= 0; left -= 1) {
      expect((await buffer(await wire.retrieve(1))).equals(bytes)).toBe(true);
    }
    await wire.quit();
  });

  test('whole when a segment is a lone dot in mid-message', async () => {
    const parts = ['+OK\r\nSubject: x\r\n\r\nsee www', '.', 'example', '.', 'org\r\n', '.', '\r\n'];
    const at = parts.map((_, index) => parts.slice(0, index).join('').length);
    const server = await serve({
      on: {
        RETR: async (client) => {
          await client.write(parts.join(''), at);
          return true;
        },
      },
    });
    const wire = await open(server);
    expect((await buffer(await wire.retrieve(1))).toString()).toBe('Subject: x\r\n\r\nsee www.example.org\r\n');
  });

  test('of 8-bit bytes, NULs, an endless line and nothing at all', async () => {
    const every = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const long = Buffer.concat([Buffer.from('Subject: long\r\n\r\n'), Buffer.alloc(5 * 1024 * 1024, 'x'), every]);
    const server = await serve({ messages: [long, Buffer.from('\r\n'), ''].map((one) => ({ uidl: 'a', bytes: one })) });
    const wire = await open(server);
    expect((await buffer(await wire.retrieve(1))).equals(Buffer.concat([long, Buffer.from('\r\n')]))).toBe(true);
    expect((await buffer(await wire.retrieve(2))).toString()).toBe('\r\n');
    expect((await buffer(await wire.retrieve(3))).toString()).toBe('');
  });
});

test('where every line is a dot, what came together goes on together', () => {
  const runs: Buffer[] = [];
  const unstuffer = createUnstuffer();
  const rest = unstuffer.feed(Buffer.from(`${'..\r\n'.repeat(10_000)}.\r\n+OK`), (run) => void runs.push(run));
  expect([runs.map(String), String(rest)]).toEqual([['.\r\n'.repeat(10_000)], '+OK']);
});

describe('a server that fails', () => {
  const cutShort = (how: (client: Parameters<Script>[0]) => void | Promise<void>) => ({
    ...message('x'),
    on: {
      RETR: async (client: Parameters<Script>[0]) => {
        await client.write('+OK\r\nSubject: half\r\n\r\nhal');
        await how(client);
        return true;
      },
    },
  });

  test.each([
    ['-ERR', '-ERR too many sessions\r\n', { code: 'busy', serverText: 'too many sessions' }],
    ['[IN-USE]', '-ERR [IN-USE] locked\r\n', { code: 'busy', retryAfterMs: 30_000 }],
    ['[SYS/TEMP]', '-ERR [SYS/TEMP] disk\r\n', { code: 'unreachable', retryAfterMs: 60_000, serverText: 'disk' }],
    ['[SYS/PERM]', '-ERR [sys/perm] gone\r\n', { code: 'unreachable', retryAfterMs: undefined }],
    ['what is no POP3', 'SSH-2.0-OpenSSH_9.2\r\n', { code: 'protocol' }],
    ['an endless line', 'x'.repeat(20_000), { code: 'protocol' }],
  ])('greets with %s: the request is told, nothing else happens', async (_, greeting, expected) => {
    const server = await serve(async (client) => {
      await client.write(greeting);
      await client.stall();
    });
    await expect(open(server)).rejects.toMatchObject(expected);
  });

  test('resets in mid-RETR: the reader is told', async () => {
    const wire = await open(await serve(cutShort((client) => client.reset())));
    await expect(buffer(await wire.retrieve(1))).rejects.toMatchObject({ code: 'unreachable' });
    await expect(wire.quit()).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('closes in mid-RETR: the reader is told', async () => {
    const wire = await open(await serve(cutShort((client) => client.close())));
    await expect(buffer(await wire.retrieve(1))).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('stalls in mid-RETR: the reader is told when the silence is too long', async () => {
    const wire = await open(await serve(cutShort((client) => client.stall())), {}, { answerMs: 150 });
    await expect(buffer(await wire.retrieve(1))).rejects.toMatchObject({ code: 'timeout' });
  });

  test('stalls before the greeting, in a list, in TLS: each has an end', async () => {
    const silent = await serve((client) => client.stall());
    await expect(open(silent, {}, { answerMs: 100 })).rejects.toMatchObject({ code: 'timeout' });
    await expect(
      open(silent, { security: 'tls', ca: silent.certificate.cert }, { connectMs: 100 }),
    ).rejects.toMatchObject({ code: 'unreachable' });
    const half = await serve({
      on: {
        UIDL: async (client) => {
          await client.write('+OK\r\n1 a\r\n2');
          await client.stall();
          return true;
        },
      },
    });
    const wire = await open(half, {}, { answerMs: 150 });
    await expect(wire.uidl()).rejects.toMatchObject({ code: 'timeout' });
  });

  test('answers what nobody asked, or nonsense in between: the session ends', async () => {
    const server = await serve({
      on: {
        LIST: async (client) => {
          await client.write('+OK\r\n.\r\n+OK and more\r\n');
          return true;
        },
        UIDL: async (client) => {
          await client.write('* OK this is IMAP\r\n');
          return true;
        },
      },
    });
    const wire = await open(server);
    expect(await wire.list()).toEqual([]);
    await expect(wire.quit()).rejects.toMatchObject({ code: 'protocol' });
    const other = await open(server);
    await expect(other.uidl()).rejects.toMatchObject({ code: 'protocol' });
  });

  test('says why before it hangs up: its words are kept', async () => {
    const server = await serve({
      on: {
        LIST: async (client) => {
          await client.write('+OK\r\n.\r\n-ERR disconnected for inactivity\r\n');
          return true;
        },
      },
    });
    const wire = await open(server);
    await wire.list();
    await expect(wire.quit()).rejects.toMatchObject({ code: 'unreachable', serverText: 'disconnected for inactivity' });
  });

  test('sends lists and messages without end: they are cut off at our bounds', async () => {
    const list = Array.from({ length: 200 }, (_, index) => `${index + 1} uid`).join('\r\n');
    const server = await serve({
      ...message(Buffer.alloc(50_000, 'x')),
      on: {
        UIDL: async (client) => {
          await client.write(Buffer.concat([Buffer.from('+OK\r\n'), stuffed(list)]));
          return true;
        },
      },
    });
    const wire = await open(server, {}, { listBytes: 1_000 });
    await expect(wire.uidl()).rejects.toMatchObject({ code: 'tooLarge' });
    expect((await (await open(server, {}, { topBytes: 100 })).top(1, 5)).length).toBe(100);
    // In bytes they would pass; taking millions of lines apart holds up everybody else.
    const lines = await serve({
      on: {
        LIST: async (client) => {
          await client.write(`+OK\r\n${'1 1\r\n'.repeat(500_001)}.\r\n`);
          return true;
        },
      },
    });
    await expect((await open(lines)).list()).rejects.toMatchObject({ code: 'tooLarge' });
    const other = await open(server, {}, { messageBytes: 20_000 });
    await expect(buffer(await other.retrieve(1))).rejects.toMatchObject({ code: 'tooLarge' });
  });
});

describe('commands', () => {
  test('called at once go one by one, and each gets its own answer', async () => {
    let isAnswering = false;
    const alone = (answer: string) => async (client: Parameters<Script>[0]) => {
      expect(isAnswering).toBe(false);
      isAnswering = true;
      // Time for a second command to arrive, if it were sent.
      await new Promise((resolve) => setTimeout(resolve, 20));
      isAnswering = false;
      await client.write(answer);
      return true;
    };
    const server = await serve({
      on: { UIDL: alone('+OK\r\n1 uid\r\n.\r\n'), LIST: alone('+OK\r\n1 77\r\n.\r\n'), DELE: alone('-ERR no\r\n') },
    });
    const wire = await open(server);
    const [list, uidl, dele, again] = await Promise.allSettled([
      wire.list(),
      wire.uidl(),
      wire.markDeleted(1),
      wire.list(),
    ]);
    expect(list).toMatchObject({ value: [{ number: 1, value: '77' }] });
    expect(uidl).toMatchObject({ value: [{ number: 1, value: 'uid' }] });
    expect(dele).toMatchObject({ reason: { code: 'notFound', serverText: 'no' } });
    expect(again).toMatchObject({ value: [{ number: 1, value: '77' }] });
    expect(linesOf(server)).toEqual(['CAPA', 'USER ann', 'PASS secret', 'LIST', 'UIDL', 'DELE 1', 'LIST']);
  });

  test('go out together where the server pipelines, with bodies of messages between the answers', async () => {
    const received: string[] = [];
    const server = await serve(async (client) => {
      const capabilities = '+OK\r\nPIPELINING\r\nTOP\r\n.\r\n';
      await client.write('+OK\r\n');
      for (const answer of [capabilities, '+OK\r\n', '+OK\r\n']) {
        await client.readLine();
        await client.write(answer);
      }
      for (let count = 0; count < 4; count += 1) received.push(await client.readLine());
      await client.write('+OK\r\nfirst\r\n.\r\n-ERR none\r\n+OK\r\nthird\r\n.\r\n+OK\r\n1 5\r\n.\r\n');
      await client.stall();
    });
    const wire = await open(server);
    const all = await Promise.allSettled([wire.list(), wire.retrieve(1).then(buffer), wire.top(2, 0), wire.top(3, 0)]);
    expect(received).toEqual(['RETR 1', 'TOP 2 0', 'TOP 3 0', 'LIST']);
    expect(all.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(all[0]).toMatchObject({ value: [{ number: 1, value: '5' }] });
    expect(String(all[1].status === 'fulfilled' && all[1].value)).toBe('first\r\n');
    expect(String(all[3].status === 'fulfilled' && all[3].value)).toBe('third\r\n');
  });

  test('lists with nonsense in them give what is sound', async () => {
    const server = await serve({
      on: {
        UIDL: async (client) => {
          await client.write(
            '+OK\r\n1 a b\r\n0 zero\r\n-2 minus\r\nx y\r\n3\r\n\r\n1 again\r\n99999999999 far\r\n2 z\r\n.\r\n',
          );
          return true;
        },
      },
    });
    expect(await (await open(server)).uidl()).toEqual([
      { number: 1, value: 'a b' },
      { number: 2, value: 'z' },
    ]);
  });
});

describe('signing in', () => {
  const signIn = async (maildrop: Partial<ScriptedMaildrop>, as = login) => {
    const server = await serve(maildrop);
    const wire = await open(server, {}, {}, undefined, as);
    await wire.quit();
    return linesOf(server).slice(1, -1);
  };
  const decode = (line = '') => Buffer.from(line.split(' ').at(-1) ?? '', 'base64').toString();

  test('a line break in the name or password never reaches a socket', async () => {
    const server = await serve({});
    for (const as of [
      { username: 'ann\r\nDELE 1', password: 'x' },
      { username: 'ann', password: 'x\nQUIT' },
      { username: 'a\0b', password: 'x' },
      { username: '', password: 'x' },
    ]) {
      await expect(open(server, {}, {}, undefined, as)).rejects.toMatchObject({ code: 'invalid' });
    }
    expect(server.connections).toHaveLength(0);
    await open(server);
    expect(server.connections).toHaveLength(1);
  });

  test('USER and PASS send the password as given, spaces at its ends and UTF-8 too', async () => {
    const lines = await signIn({ capabilities: null }, { username: 'ann', password: ' pass word ' });
    expect(lines).toEqual(['USER ann', 'PASS  pass word ']);
    const [, pass = ''] = await signIn({}, { username: 'ann', password: 'pässwörd' });
    expect(Buffer.from(pass, 'latin1').toString()).toBe('PASS pässwörd');
  });

  test('APOP answers the timestamp of the greeting (the example of RFC 1939 §7)', async () => {
    const greeting = '+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>';
    const as = { username: 'mrose', password: 'tanstaaf' };
    const answer = 'APOP mrose c4c9334bac560ecc979e58001b3e22fb';
    expect(await signIn({ greeting }, as)).toEqual([answer]);
    expect(await signIn({ greeting, capabilities: ['SASL PLAIN', 'USER'] }, as)).toEqual([answer]);
    expect(await signIn({ greeting: '+OK <not a@timestamp>' }, as)).toEqual(['USER mrose', 'PASS tanstaaf']);
  });

  test('APOP that is refused gives way to the password, unless the server takes none or hangs up', async () => {
    const greeting = '+OK <1.2@x>';
    const refuse = async (client: Parameters<Script>[0]) => {
      await client.write('-ERR [AUTH] no secret for APOP\r\n');
      return true;
    };
    expect((await signIn({ greeting, on: { APOP: refuse } })).slice(1)).toEqual(['USER ann', 'PASS secret']);
    const only = await serve({ greeting, capabilities: ['TOP'], on: { APOP: refuse } });
    await expect(open(only)).rejects.toMatchObject({ code: 'unauthenticated', serverText: 'no secret for APOP' });
    expect(linesOf(only)).toHaveLength(2);
    const hangUp = async (client: Parameters<Script>[0]) => {
      await client.write('-ERR wrong\r\n');
      client.close();
      return true;
    };
    const rude = await serve({ greeting, on: { APOP: hangUp } });
    await expect(open(rude)).rejects.toMatchObject({ code: 'unauthenticated', serverText: 'wrong' });
  });

  test('SASL PLAIN goes in one line or, when that would be too long, after a continuation', async () => {
    const capabilities = ['SASL PLAIN LOGIN'];
    const [line] = await signIn({ capabilities });
    expect(line).toMatch(/^AUTH PLAIN \S+$/);
    expect(decode(line)).toBe('\0ann\0secret');
    const password = 'long '.repeat(60);
    const prompt = async (client: Parameters<Script>[0]) => {
      await client.write('+ \r\n');
      decodeLater.push(await client.readLine());
      await client.write('+OK\r\n');
      return true;
    };
    const decodeLater: string[] = [];
    expect((await signIn({ capabilities, on: { AUTH: prompt } }, { ...login, password }))[0]).toBe('AUTH PLAIN');
    expect(decode(decodeLater[0])).toBe(`\0ann\0${password}`);
  });

  test('SASL LOGIN answers both prompts', async () => {
    const asked: string[] = [];
    const prompts = async (client: Parameters<Script>[0]) => {
      for (const prompt of ['VXNlcm5hbWU6', 'UGFzc3dvcmQ6']) {
        await client.write(`+ ${prompt}\r\n`);
        asked.push(decode(await client.readLine()));
      }
      await client.write('+OK\r\n');
      return true;
    };
    expect((await signIn({ capabilities: ['SASL LOGIN'], on: { AUTH: prompts } }))[0]).toBe('AUTH LOGIN');
    expect(asked).toEqual(['ann', 'secret']);
  });

  test('UTF8 is switched on before sign-in where offered (RFC 6856), and who refuses it is signed in to all the same', async () => {
    const said = ['UTF8', 'USER ann', 'PASS secret'];
    expect(await signIn({ capabilities: ['UTF8', 'TOP'] })).toEqual(said);
    const refuse = async (client: Parameters<Script>[0]) => {
      await client.write('-ERR not today\r\n');
      return true;
    };
    expect(await signIn({ capabilities: ['UTF8', 'TOP'], on: { UTF8: refuse } })).toEqual(said);
  });

  test('what is another for each user is asked again once signed in (RFC 2449 §6.5, §6.7)', async () => {
    let asked = 0;
    const server = await serve({
      on: {
        CAPA: async (client) => {
          asked += 1;
          const [delay, days] = asked % 2 === 1 ? ['900 USER', '0 USER'] : ['5', '30'];
          await client.write(`+OK\r\nUSER\r\nLOGIN-DELAY ${delay}\r\nEXPIRE ${days}\r\n.\r\n`);
          return true;
        },
      },
    });
    expect((await open(server)).capabilities).toMatchObject({ loginDelayMs: 5_000, expireDays: 30 });
    expect(linesOf(server)).toEqual(['CAPA', 'USER ann', 'PASS secret', 'CAPA']);
  });

  test('of what CAPA says a hundred words are kept, without what is no word', async () => {
    const endless = Array.from({ length: 50_000 }, (_, index) => `X-${index}`);
    const server = await serve({ capabilities: ['TOP', '\x1b[31mRED\x07', 'CAF\xc9', ...endless] });
    const { words } = (await open(server)).capabilities;
    expect([words.size, [...words].slice(0, 3)]).toEqual([100, ['TOP', 'X-0', 'X-1']]);
  });

  test.each([
    ['-ERR bad login', { code: 'unauthenticated', serverText: 'bad login' }],
    ['-ERR [AUTH] no', { code: 'unauthenticated', serverText: 'no' }],
    ['-ERR [IN-USE] Do you have another session?', { code: 'busy', retryAfterMs: 30_000 }],
    ['-ERR [LOGIN-DELAY] wait', { code: 'throttled', retryAfterMs: 900_000 }],
    ['-ERR [SYS/TEMP] later', { code: 'unreachable', retryAfterMs: 60_000 }],
    ['-ERR [SYS/PERM] call us', { code: 'unreachable', retryAfterMs: undefined }],
    ['+ more?', { code: 'protocol' }],
  ])('PASS answered "%s"', async (answer, expected) => {
    const server = await serve({
      capabilities: ['LOGIN-DELAY 900'],
      on: {
        PASS: async (client) => {
          await client.write(`${answer}\r\n`);
          return true;
        },
      },
    });
    await expect(open(server)).rejects.toMatchObject(expected);
  });

  test.each([
    ['PASS', undefined],
    ['AUTH', ['SASL PLAIN']],
    ['AUTH', ['SASL LOGIN']],
  ])('no error holds the password: %s %s', async (verb, capabilities = ['USER']) => {
    for (const how of ['refuse', 'reset'] as const) {
      const server = await serve({
        capabilities,
        on: {
          [verb]: async (client) => {
            for (const prompt of capabilities.includes('SASL LOGIN') ? ['+ a', '+ b'] : []) {
              await client.write(`${prompt}\r\n`);
              await client.readLine();
            }
            if (how === 'reset') client.reset();
            else await client.write('-ERR no\r\n');
            return true;
          },
        },
      });
      const error: unknown = await open(server).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: how === 'reset' ? 'unreachable' : 'unauthenticated' });
      const told = inspect(error, { depth: 10 });
      expect(told).toContain('MailError');
      for (const secret of ['secret', '\0ann\0secret'].flatMap((text) => [text, base64(text)])) {
        expect(told).not.toContain(secret);
      }
    }
  });
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('TLS', () => {
  const starttls = (server: ScriptedServer, more: Partial<ServerUrl> = {}): Partial<ServerUrl> => ({
    host: 'localhost',
    security: 'starttls',
    verifiesCertificate: true,
    ca: server.certificate.cert,
    ...more,
  });
  const upgrading = (answer: string): Partial<ScriptedMaildrop> => ({
    on: {
      STLS: async (client) => {
        await client.upgrade(answer);
        return true;
      },
    },
  });

  test('by STLS before anything else is said; what was offered before is asked again', async () => {
    // With a timestamp: over TLS APOP is not needed, and servers that announce it may know no secret for it.
    const server = await serve({ ...upgrading('+OK begin\r\n'), greeting: '+OK <1.2@x>' });
    const wire = await open(server, starttls(server));
    await wire.quit();
    expect(linesOf(server)).toEqual(['STLS', 'CAPA', 'USER ann', 'PASS secret', 'QUIT']);
  });

  test.each([
    ['refused or stripped', { STLS: '-ERR unknown command\r\n' }],
    ['answered with nonsense', { STLS: 'HTTP/1.1 400\r\n' }],
    ['answered +OK, and then there is no TLS', { STLS: '+OK begin\r\n' }],
  ])('STLS %s: nothing secret is sent', async (_, answers) => {
    const server = await serve(async (client) => {
      await client.write('+OK ready\r\n');
      await client.readLine();
      await client.write(answers.STLS);
      // What stands in for TLS here is plain text to a client that begins its handshake.
      await client.readBytes(1);
      await client.write('+OK\r\n');
      await client.stall();
    });
    await expect(open(server, starttls(server))).rejects.toMatchObject({ code: 'insecure' });
    expect(linesOf(server)).toEqual(['STLS']);
  });

  test('words slipped in behind the answer to STLS are refused', async () => {
    const server = await serve(upgrading('+OK begin\r\n+OK welcome\r\n'));
    await expect(open(server, starttls(server))).rejects.toMatchObject({ code: 'insecure' });
    const honest = await serve(upgrading('+OK begin\r\n'));
    await expect(open(honest, starttls(honest))).resolves.toBeDefined();
  });

  test('a certificate that is unknown, or for another name, is refused by name', async () => {
    const server = await serve({}, { tls: true });
    const url = starttls(server, { security: 'tls' });
    await (await open(server, url)).quit();
    await expect(open(server, { ...url, ca: null })).rejects.toMatchObject({ code: 'certificate' });
    const elsewhere = makeCertificate('DNS:elsewhere.example').cert;
    await expect(open(server, { ...url, ca: elsewhere })).rejects.toMatchObject({ code: 'certificate' });
    const other = await serve(upgrading('+OK\r\n'));
    await expect(open(other, starttls(other, { ca: null }))).rejects.toMatchObject({ code: 'certificate' });
    await (await open(server, { ...url, ca: null, verifiesCertificate: false })).quit();
  });

  test('a plain server on the TLS port is insecure', async () => {
    const server = await serve({});
    await expect(open(server, starttls(server, { security: 'tls' }))).rejects.toMatchObject({ code: 'insecure' });
  });
});

test('an abort at any time closes the connection and rejects with its reason', async () => {
  const silent = await serve((client) => client.stall());
  const controller = new AbortController();
  const opening = open(silent, {}, {}, controller.signal);
  await expect.poll(() => silent.connections.length).toBe(1);
  controller.abort();
  await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
  await expect(open(silent, {}, {}, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
});
