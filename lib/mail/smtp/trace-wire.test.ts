import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import type { ServerUrl } from '../driver.ts';
import type { ExchangeLine } from '../model.ts';
import { type Script, startScriptedServer } from '../testing/scripted-server.ts';
import { startSubmissionServer } from '../testing/submission-server.ts';
import { createTrace } from '../trace/trace.ts';
import { submitMessage } from './submit.ts';

const login = { username: 'ann@example.org', password: 'correct horse “battery”' };
const raw = Buffer.from('From: ann@example.org\r\nSubject: Tide\r\n\r\nHerring\r\n.dot\r\n');
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Sends one message and gives what was told of it, and how it ended. */
async function told(url: ServerUrl) {
  const trace = createTrace('SMTP', '');
  const lines: ExchangeLine[] = [];
  const leaving = new AbortController();
  const listening = trace.listen({ onLine: (line) => void lines.push(line), onSkipped: () => {} }, leaving.signal);
  const message = {
    envelope: { from: login.username, to: ['bob@example.org', 'gone@example.org'], wantsDeliveryReport: false },
    id: 'id-1',
    sizeBytes: raw.length,
    is8Bit: false,
    open: () => Readable.from([raw], { objectMode: false }),
  };
  const outcome = await submitMessage(url, login, message, {
    signal: new AbortController().signal,
    onCommit: async () => {},
    limits: { connectMs: 2_000, answerMs: 1_500 },
    trace: trace.connection(login.password),
  }).catch((error: unknown) => error);
  leaving.abort();
  await listening;
  const words = lines.map(({ direction, text }) => `${direction === 'client' ? 'C' : 'S'}: ${text}`);
  return { lines, words, outcome };
}

async function scripted(script: Script, change: Partial<ServerUrl> = {}) {
  const isTls = change.security === undefined;
  const server = await startScriptedServer(script, { tls: isTls });
  stops.push(server.stop);
  const { host, port, certificate } = server;
  const standard = { security: 'tls' as const, verifiesCertificate: isTls, ca: certificate.cert };
  const url: ServerUrl = { protocol: 'smtp', host, port, ...standard, ...change };
  return { url, connections: server.connections };
}

/** Offers one mechanism, asks as often as it wants to, and repeats every line of the sign-in that it was told. */
const signsInBy =
  (mechanism: string, challenges: string[], reply: string): Script =>
  async (connection) => {
    await connection.write('220 here\r\n');
    for (;;) {
      const line = await connection.readLine();
      if (/^EHLO/i.test(line)) await connection.write(`250-here\r\n250 AUTH ${mechanism}\r\n`);
      else if (/^AUTH/i.test(line)) {
        const heard = [line.split(' ')[2] ?? ''];
        for (const challenge of challenges) {
          await connection.write(`334 ${challenge}\r\n`);
          heard.push(await connection.readLine());
        }
        await connection.write(`${reply} I heard ${heard.join(' ')}, that is ${login.password}\r\n`);
      } else await connection.write(/^DATA/i.test(line) ? '354 go\r\n' : '250 ok\r\n');
      if (/^DATA/i.test(line)) {
        while ((await connection.readLine()) !== '.');
        await connection.write('250 taken\r\n');
      }
    }
  };

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
const challenge = '<1896.697170952@postoffice.example.org>';
const { username, password } = login;
const digest = createHmac('md5', password).update(challenge).digest('hex');
const secrets = [
  password,
  base64(password),
  base64(`\0${username}\0${password}`),
  base64(`user=${username}\x01auth=Bearer ${password}\x01\x01`),
  digest,
  base64(`${username} ${digest}`),
];

describe('what passes on the way to a submission server', () => {
  test('is told line by line, with its sizes; of the message only how much it is', async () => {
    const server = await startSubmissionServer({
      login,
      refuse: { 'gone@example.org': { code: 550, text: '5.1.1 no such person' } },
    });
    stops.push(server.stop);
    const { words, lines, outcome } = await told(server.url);
    expect(outcome).toMatchObject({ kind: 'accepted' });
    expect(words[0]).toMatch(/^S: 220 /);
    const commands = words.filter((line) => line.startsWith('C: '));
    expect(commands).toEqual([
      'C: EHLO [127.0.0.1]',
      'C: AUTH PLAIN ••••',
      expect.stringMatching(/^C: MAIL FROM:<ann@example.org>/),
      'C: RCPT TO:<bob@example.org>',
      'C: RCPT TO:<gone@example.org>',
      'C: DATA',
      `C: {${raw.length + '.'.length + '.\r\n'.length} bytes}`,
      'C: QUIT',
    ]);
    expect(words).toContain('S: 550 5.1.1 no such person');
    expect(words.join('\n')).not.toMatch(/Herring|Subject/);
    expect(lines.find(({ text }) => text === 'DATA')).toMatchObject({ connection: 'SMTP 1', sizeBytes: 6 });
  });

  test.each<[string, string[], Partial<ServerUrl>]>([
    ['PLAIN', [], {}],
    ['LOGIN', ['VXNlcm5hbWU6', 'UGFzc3dvcmQ6'], {}],
    ['CRAM-MD5', [base64(challenge)], { security: 'none' }],
    ['XOAUTH2', [], { secretIs: 'token' }],
  ])(
    'holds no secret of AUTH %s, nor where the server repeats it, let in or not',
    async (mechanism, challenges, change) => {
      for (const reply of ['235 2.7.0', '535 5.7.8']) {
        const asks = mechanism === 'XOAUTH2' && reply.startsWith('5') ? ['eyJzdGF0dXMiOiI0MDAifQ=='] : challenges;
        const { url, connections } = await scripted(signsInBy(mechanism, asks, reply), change);
        const { words } = await told(url);
        // The control: the secret itself did go over the wire.
        const said = connections[0]?.received.join('\n') ?? '';
        expect(secrets.some((secret) => said.includes(secret))).toBe(true);
        expect(words.join('\n')).toMatch(/S: \d+ [\d.]+ I heard .*••••/);
        for (const secret of secrets.filter((one) => one !== digest && one !== base64(`${username} ${digest}`)))
          expect(words.join('\n')).not.toContain(secret);
        const client = words.filter((line) => line.startsWith('C: ')).join('\n');
        for (const secret of secrets) expect(client).not.toContain(secret);
      }
    },
  );

  test('over STARTTLS is one connection', async () => {
    const server = await startSubmissionServer({ login, options: { secure: false } });
    stops.push(server.stop);
    const { words, lines } = await told(server.url);
    expect(words.filter((line) => /EHLO|STARTTLS|AUTH P/.test(line) && line.startsWith('C'))).toEqual([
      'C: EHLO [127.0.0.1]',
      'C: STARTTLS',
      'C: EHLO [127.0.0.1]',
      'C: AUTH PLAIN ••••',
    ]);
    expect(new Set(lines.map(({ connection }) => connection))).toEqual(new Set(['SMTP 1']));
  });

  test('that never ends a line is not held', async () => {
    const { url } = await scripted(async (connection) => {
      await connection.write(`220 ${'x'.repeat(30_000)}`);
      await connection.write('y\r\n');
      await connection.stall();
    });
    const { lines } = await told(url);
    expect(lines[0]).toMatchObject({ sizeBytes: 30_007 });
    expect(lines[0]?.text.length).toBeLessThan(1_010);
  });
});
