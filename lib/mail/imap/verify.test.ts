import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ServerUrl } from '../driver.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { freePort } from '../testing/free-port.ts';
import { imapScript } from '../testing/scripted-imap.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { connectImap } from './connect.ts';
import { searchUids } from './search-uids.ts';
import { verifyImapLogin } from './verify.ts';
import { atom, text } from './wire.ts';

const login = { username: 'ann', password: 'secret' };
const url = (port: number, more: Partial<ServerUrl> = {}): ServerUrl => ({
  protocol: 'imap',
  host: '127.0.0.1',
  port,
  security: 'tls',
  verifiesCertificate: true,
  ca: null,
  ...more,
});

describe('signing in to Dovecot', () => {
  let dovecot: Dovecot;
  let ca = '';
  beforeAll(async () => {
    dovecot = await startDovecot({ users: [login] });
    ca = readFileSync(dovecot.certificatePath, 'utf8');
  });
  afterAll(() => dovecot.stop());

  it('works over TLS, over STARTTLS, and in clear only on the word of the admin', async () => {
    await expect(verifyImapLogin(url(dovecot.ports.imaps, { ca }), login)).resolves.toBeUndefined();
    await expect(
      verifyImapLogin(url(dovecot.ports.imap, { ca, security: 'starttls' }), login),
    ).resolves.toBeUndefined();
    await expect(verifyImapLogin(url(dovecot.ports.imap, { security: 'none' }), login)).resolves.toBeUndefined();
  });

  it('tells a wrong password, with the words of the server', async () => {
    const wrong = verifyImapLogin(url(dovecot.ports.imaps, { ca }), { ...login, password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({
      code: 'unauthenticated',
      serverText: expect.stringContaining('failed'),
    });
  });

  it('tells a certificate that nobody vouches for, with TLS and STARTTLS', async () => {
    await expect(verifyImapLogin(url(dovecot.ports.imaps), login)).rejects.toMatchObject({ code: 'certificate' });
    await expect(verifyImapLogin(url(dovecot.ports.imap, { security: 'starttls' }), login)).rejects.toMatchObject({
      code: 'certificate',
    });
    await expect(
      verifyImapLogin(url(dovecot.ports.imaps, { verifiesCertificate: false }), login),
    ).resolves.toBeUndefined();
  });

  it('refuses control characters before it connects', async () => {
    const attempt = verifyImapLogin(url(1), { username: 'ann\r\nA1 LOGOUT', password: 'x' });
    await expect(attempt).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('signing in to others', () => {
  const servers: ScriptedServer[] = [];
  const start = async (script: Script, options?: { tls?: boolean }) => {
    const server = await startScriptedServer(script, options);
    servers.push(server);
    return server;
  };
  const received = () => servers.flatMap(({ connections }) => connections.flatMap((connection) => connection.received));
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
  });

  it('sends no secret to a server without STARTTLS', async () => {
    const { port } = await start(imapScript());
    await expect(verifyImapLogin(url(port, { security: 'starttls' }), login)).rejects.toMatchObject({
      code: 'insecure',
    });
    expect(received().join('\n')).not.toContain('secret');
  });

  it('sends no secret where the server takes none in clear', async () => {
    const { port } = await start(imapScript({ capability: 'IMAP4rev1 LOGINDISABLED' }));
    await expect(verifyImapLogin(url(port, { security: 'none' }), login)).rejects.toMatchObject({ code: 'insecure' });
    expect(received().join('\n')).not.toContain('secret');
  });

  it('refuses to be let in without being asked', async () => {
    const { port } = await start(imapScript({ greeting: '* PREAUTH welcome\r\n' }));
    await expect(verifyImapLogin(url(port, { security: 'none' }), login)).rejects.toMatchObject({ code: 'insecure' });
    await expect(verifyImapLogin(url(port, { security: 'starttls' }), login)).rejects.toMatchObject({
      code: 'insecure',
    });
  });

  it('refuses what was slipped in behind the answer to STARTTLS', async () => {
    const injected: Script = async (connection) => {
      await connection.write('* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n');
      for (;;) {
        const [tag = '', command = ''] = (await connection.readLine()).split(' ');
        if (command === 'STARTTLS')
          await connection.upgrade(`${tag} OK go\r\n* OK [CAPABILITY IMAP4rev1 LOGIN] mine\r\n`);
        else await connection.write(`* CAPABILITY IMAP4rev1 STARTTLS\r\n${tag} OK\r\n`);
      }
    };
    const { port, certificate } = await start(injected);
    const attempt = verifyImapLogin(url(port, { security: 'starttls', ca: certificate.cert }), login);
    await expect(attempt).rejects.toMatchObject({ code: 'insecure' });
    expect(received().join('\n')).not.toContain('secret');
  });

  it('tells a host that is not there', async () => {
    await expect(verifyImapLogin(url(await freePort()), login)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(verifyImapLogin(url(993, { host: 'nowhere.invalid' }), login)).rejects.toMatchObject({
      code: 'unreachable',
    });
  });

  it('tells a port that does not speak TLS', async () => {
    const { port } = await start(imapScript());
    await expect(verifyImapLogin(url(port), login)).rejects.toMatchObject({ code: 'insecure' });
  });

  it('tells the limit of connections, in the greeting and at the login', async () => {
    const greets = await start(imapScript({ greeting: '* BYE Too many connections\r\n' }));
    await expect(verifyImapLogin(url(greets.port, { security: 'none' }), login)).rejects.toMatchObject({
      code: 'busy',
    });
    const refuses = await start(
      imapScript({
        answers: { LOGIN: async (connection, tag) => connection.write(`${tag} NO [LIMIT] slow down\r\n`) },
      }),
    );
    await expect(verifyImapLogin(url(refuses.port, { security: 'none' }), login)).rejects.toMatchObject({
      code: 'busy',
      serverText: expect.stringContaining('slow down'),
    });
  });

  it('waits for no server longer than it may', async () => {
    const { port } = await start((connection) => connection.stall());
    const silent = connectImap({ server: url(port, { security: 'none' }), login, connectMs: 200 });
    await expect(silent).rejects.toMatchObject({ code: 'timeout' });
    const deaf = await start(imapScript({ answers: { LOGIN: (connection) => connection.stall() } }));
    const unanswered = connectImap({ server: url(deaf.port, { security: 'none' }), login, connectMs: 200 });
    await expect(unanswered).rejects.toMatchObject({ code: 'timeout' });
  });

  it('survives a server that answers nonsense', async () => {
    const { port } = await start(imapScript({ greeting: 'HTTP/1.1 400 Bad Request\r\n\r\n' }));
    const attempt = connectImap({ server: url(port, { security: 'none' }), login, connectMs: 300 });
    await expect(attempt).rejects.toMatchObject({ code: expect.stringMatching(/timeout|protocol|unreachable/) });
  });
});

describe('what is logged', () => {
  it('holds neither the secret nor what was searched for nor mail', async () => {
    const server = await startScriptedServer(
      imapScript({
        answers: {
          'UID SEARCH': async (connection, tag) =>
            connection.write(`* 1 FETCH (BODY[1] "private mail\r\n${tag} NO I will not\r\n`),
        },
      }),
    );
    const lines: string[] = [];
    const log = (entry: object) => lines.push(JSON.stringify(entry));
    const client = await connectImap({ server: url(server.port, { security: 'none' }), login, log });
    await client.mailboxOpen('INBOX');
    await expect(searchUids(client, [atom('SUBJECT'), text('love letter')])).rejects.toMatchObject({
      responseStatus: 'NO',
    });
    await client.messageFlagsAdd('1', ['\\Seen']);
    client.close();
    await server.stop();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toMatch(/secret|love letter|private mail/);
  });
});
