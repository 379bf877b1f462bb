import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import type { ServerUrl } from '../driver.ts';
import type { ExchangeLine } from '../model.ts';
import { type ScriptedConnection, type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { createTrace, type Trace } from '../trace/trace.ts';
import { defaultLimits } from './limits.ts';
import { pop3Url } from './testing/account.ts';
import { playMaildrop, type ScriptedMaildrop } from './testing/scripted-maildrop.ts';
import { openWire } from './wire.ts';

const login = { username: 'ann', password: 'open sesame' };
const forms = ['open sesame', 'b3BlbiBzZXNhbWU', Buffer.from('\0ann\0open sesame').toString('base64')];
const servers: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function serve(maildrop: Partial<ScriptedMaildrop>): Promise<ScriptedServer> {
  const server = await startScriptedServer(playMaildrop({ messages: [], ...maildrop }));
  servers.push(server);
  return server;
}

function listening(secret = login.password) {
  const trace = createTrace('POP3', secret);
  const lines: ExchangeLine[] = [];
  const leaving = new AbortController();
  void trace.listen({ onLine: (line) => void lines.push(line), onSkipped: () => undefined }, leaving.signal);
  const told = () => lines.map(({ direction, text: line }) => `${direction === 'client' ? 'C' : 'S'}: ${line}`);
  return { trace, lines, told, leaving };
}

const open = (server: ScriptedServer, trace: Trace, as = login, url: Partial<ServerUrl> = {}) =>
  openWire(pop3Url({ port: server.port, ...url }), as, defaultLimits, new AbortController().signal, trace.connection());

describe('what a POP3 session tells of itself', () => {
  test('every command and answer, of mail only how much it is', async () => {
    const server = await serve({ messages: [{ uidl: 'a1', bytes: 'Subject: x\r\n\r\nnobody’s business\r\n' }] });
    const { trace, told, lines } = listening();
    const wire = await open(server, trace);
    await wire.uidl();
    await wire.top(1, 1);
    await text(await wire.retrieve(1));
    await wire.markDeleted(1);
    await wire.quit();
    expect(told()).toEqual([
      'S: +OK ready',
      'C: CAPA',
      'S: +OK',
      'S: TOP',
      'S: UIDL',
      'S: USER',
      'C: USER ann',
      'S: +OK',
      'C: PASS ••••',
      'S: +OK',
      'C: UIDL',
      'S: +OK',
      'S: 1 a1',
      'C: TOP 1 1',
      'S: +OK',
      'S: {35 bytes}',
      'C: RETR 1',
      'S: +OK',
      'S: {35 bytes}',
      'C: DELE 1',
      'S: +OK marked',
      'C: QUIT',
      'S: +OK',
    ]);
    expect(new Set(lines.map(({ connection }) => connection))).toEqual(new Set(['POP3 1']));
    expect(lines.find(({ text: line }) => line.startsWith('PASS'))?.sizeBytes).toBe('PASS open sesame\r\n'.length);
  });

  test('of a long listing the first 20 lines, however they are cut', async () => {
    const listing = Array.from({ length: 500 }, (_, at) => `${at + 1} id-${at + 1}\r\n`).join('');
    const answer = `+OK\r\n${listing}.\r\n`;
    const UIDL = async (client: ScriptedConnection) => {
      await client.write(
        answer,
        Array.from({ length: 40 }, (_, at) => at * 7),
      );
      return true;
    };
    const { trace, told } = listening();
    const wire = await open(await serve({ on: { UIDL } }), trace);
    expect(await wire.uidl()).toHaveLength(500);
    const said = told().slice(told().indexOf('C: UIDL') + 2);
    expect(said.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, at) => `S: ${at + 1} id-${at + 1}`));
    expect(said.slice(20)).toEqual([expect.stringMatching(/^S: \(480 more\) \{[\d,]+ bytes\}$/)]);
  });

  test('nothing while nobody listens, and what comes from then on', async () => {
    const { trace, told, leaving } = listening();
    leaving.abort();
    const wire = await open(await serve({}), trace);
    expect(told()).toEqual([]);
    const lines: ExchangeLine[] = [];
    void trace.listen(
      { onLine: (line) => void lines.push(line), onSkipped: () => undefined },
      new AbortController().signal,
    );
    await wire.quit();
    expect(lines.map((line) => line.text)).toEqual(['QUIT', '+OK']);
  });

  test('STLS goes on under the same name', async () => {
    const STLS = async (client: ScriptedConnection) => {
      await client.upgrade('+OK begin\r\n');
      return true;
    };
    const { trace, lines, told } = listening();
    const wire = await open(await serve({ on: { STLS } }), trace, login, { security: 'starttls' });
    await wire.quit();
    expect(told().slice(0, 4)).toEqual(['S: +OK ready', 'C: STLS', 'S: +OK begin', 'C: CAPA']);
    expect(new Set(lines.map(({ connection }) => connection)).size).toBe(1);
  });
});

describe('the secret of a POP3 session', () => {
  /** Says whatever it hears, and the secret in every form besides. */
  const echo = (end: string) => async (client: ScriptedConnection, argument: string) => {
    await client.write(`${end} you said ${argument}, that is ${forms.join(' or ')}\r\n`);
    return true;
  };

  test.each([
    ['USER/PASS', { capabilities: ['USER'], on: { USER: echo('+OK'), PASS: echo('+OK') } }],
    ['PLAIN', { capabilities: ['SASL PLAIN'], on: { AUTH: echo('+OK') } }],
    ['a refusal', { capabilities: ['USER'], on: { PASS: echo('-ERR') } }],
    ['LIST', { capabilities: ['USER'], on: { LIST: echo('-ERR') } }],
  ])('is in no line, also where the server repeats it: %s', async (_, maildrop) => {
    const { trace, told } = listening();
    const server = await serve(maildrop);
    await open(server, trace).then(
      (wire) => wire.list().catch(() => []),
      () => undefined,
    );
    // The server has heard it, and said it again.
    expect(told().join('\n')).toContain('that is •••• or •••• or ••••');
    for (const form of forms) expect(told().join('\n')).not.toContain(form);
  });

  test('is hidden by its place, where a SASL answer reads like a command', async () => {
    // As SASL LOGIN has them, these are the lines "USER" and "QUIT".
    const as = { username: 'Q!\x11', password: 'AB\x13' };
    const heard: string[] = [];
    const AUTH = async (client: ScriptedConnection) => {
      for (const prompt of ['Username:', 'Password:']) {
        await client.write(`+ ${Buffer.from(prompt).toString('base64')}\r\n`);
        heard.push(await client.readLine());
      }
      await client.write('+OK\r\n');
      return true;
    };
    const { trace, told } = listening(as.password);
    await open(await serve({ capabilities: ['SASL LOGIN'], on: { AUTH } }), trace, as);
    expect(heard).toEqual(['USER', 'QUIT']);
    const said = told().slice(told().indexOf('C: AUTH LOGIN'));
    expect(said.filter((line) => line.startsWith('C:'))).toEqual(['C: AUTH LOGIN', 'C: ••••', 'C: ••••']);
  });

  test('of APOP not even the digest is told', async () => {
    const { trace, told } = listening();
    await open(await serve({ greeting: '+OK <1.2@x>', capabilities: ['USER'] }), trace);
    expect(told()).toContain('C: APOP ••••');
  });
});
