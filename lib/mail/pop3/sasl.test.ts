import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import type { ServerUrl } from '../driver.ts';
import { type Dovecot, startDovecot } from '../testing/dovecot.ts';
import { type Script, type ScriptedServer, startScriptedServer } from '../testing/scripted-server.ts';
import { defaultLimits } from './limits.ts';
import { pop3Url } from './testing/account.ts';
import { playMaildrop, type ScriptedMaildrop } from './testing/scripted-maildrop.ts';
import { openWire } from './wire.ts';

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const ann = { username: 'ann', password: 'secret' };
const decode = (line = '') => Buffer.from(line, 'base64').toString();

async function serve(maildrop: Partial<ScriptedMaildrop>): Promise<ScriptedServer> {
  const server = await startScriptedServer(playMaildrop({ messages: [], ...maildrop }));
  closing.push(server.stop);
  return server;
}

const open = (server: { port: number } & Partial<ServerUrl>, login = ann) =>
  openWire(pop3Url(server), login, defaultLimits, new AbortController().signal);

/** Asks with these challenges, notes the answers, and then says `end`. */
const asking = (challenges: string[], heard: string[], end = '+OK') => ({
  async AUTH(client: Parameters<Script>[0], argument: string) {
    heard.push(argument);
    for (const challenge of challenges) {
      await client.write(`+ ${Buffer.from(challenge).toString('base64')}\r\n`);
      heard.push(decode(await client.readLine()));
    }
    await client.write(`${end}\r\n`);
    return true;
  },
});

describe('signing in by a digest', () => {
  test('CRAM-MD5 answers the example of RFC 2195 §2, before any password on a plain wire', async () => {
    const heard: string[] = [];
    const on = asking(['<1896.697170952@postoffice.reston.mci.net>'], heard);
    const server = await serve({ capabilities: ['SASL PLAIN CRAM-MD5', 'USER'], on });
    const wire = await open({ port: server.port }, { username: 'tim', password: 'tanstaaftanstaaf' });
    expect(wire.signedInBy).toBe('CRAM-MD5');
    expect(heard).toEqual(['CRAM-MD5', 'tim b913a602c7eda7a495b4e6e7334d3890']);
  });

  test('one that is refused gives way to the next, and the password goes last', async () => {
    const server = await serve({
      greeting: '+OK <1.2@x>',
      capabilities: ['SASL CRAM-MD5', 'USER'],
      on: {
        ...asking(['<3.4@x>'], [], '-ERR no such secret'),
        async APOP(client) {
          await client.write('-ERR nor this\r\n');
          return true;
        },
      },
    });
    expect((await open({ port: server.port })).signedInBy).toBe('USER/PASS');
    const verbs = server.connections[0]?.received.map((line) => line.split(' ')[0]);
    expect(verbs?.filter((verb) => verb !== 'CAPA').slice(0, 1)).toEqual(['AUTH']);
    expect(verbs?.slice(-3)).toEqual(['APOP', 'USER', 'PASS']);
  });

  test('a talk that does not end is ended', async () => {
    const server = await serve({ capabilities: ['SASL LOGIN'], on: asking(['User:', 'Password:', 'And?'], []) });
    await expect(open({ port: server.port })).rejects.toMatchObject({ code: 'protocol' });
    expect(server.connections[0]?.received).toHaveLength(4);
  });
});

describe('signing in by an access token', () => {
  const token = { username: 'ann=a,b', password: 'ya29.token' };

  test('OAUTHBEARER goes before XOAUTH2, and the token nowhere else', async () => {
    for (const [sasl, expected] of [
      ['SASL PLAIN XOAUTH2 OAUTHBEARER', 'n,a=ann=3Da=2Cb,\x01auth=Bearer ya29.token\x01\x01'],
      ['SASL PLAIN XOAUTH2', 'user=ann=a,b\x01auth=Bearer ya29.token\x01\x01'],
    ] as const) {
      const server = await serve({ capabilities: [sasl, 'USER'] });
      const wire = await open({ port: server.port, secretIs: 'token' }, token);
      const [verb, mechanism, response] = server.connections[0]?.received[1]?.split(' ') ?? [];
      expect([verb, mechanism, decode(response)]).toEqual(['AUTH', wire.signedInBy, expected]);
    }
    const server = await serve({ capabilities: ['SASL PLAIN', 'USER'] });
    await expect(open({ port: server.port, secretIs: 'token' }, token)).rejects.toMatchObject({ code: 'unsupported' });
    expect(server.connections[0]?.received).toEqual(['CAPA']);
  });

  test('a refusal that comes as a challenge is answered as each mechanism wants, and told', async () => {
    for (const [sasl, answer] of [
      ['OAUTHBEARER', '\x01'],
      ['XOAUTH2', ''],
    ] as const) {
      const heard: string[] = [];
      const on = asking(['{"status":"invalid_token"}'], heard, '-ERR [AUTH] expired');
      const server = await serve({ capabilities: [`SASL ${sasl}`], on });
      const refused = open({ port: server.port, secretIs: 'token' }, token);
      await expect(refused).rejects.toMatchObject({ code: 'unauthenticated', serverText: 'expired' });
      expect(heard[1]).toBe(answer);
    }
  });
});

describe('Dovecot', () => {
  async function start(extraConfig: string): Promise<Dovecot> {
    const dovecot = await startDovecot({ users: [ann], extraConfig });
    closing.push(dovecot.stop);
    return dovecot;
  }

  test('takes CRAM-MD5 on a plain wire', async () => {
    const dovecot = await start('auth_mechanisms = plain login cram-md5');
    const wire = await open({ port: dovecot.ports.pop3 });
    expect(wire.signedInBy).toBe('CRAM-MD5');
    expect(await wire.list()).toEqual([]);
    await wire.quit();
    await expect(open({ port: dovecot.ports.pop3 }, { ...ann, password: 'wrong' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  test('takes an access token that its authority calls active, and no other', async () => {
    const authority = createServer(async (request, response) => {
      const active = (await text(request)).includes('good-token');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(active ? { active, username: 'ann' } : { active }));
    });
    await new Promise<void>((resolve) => authority.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => authority.close(resolve)));
    const { port } = authority.address() as AddressInfo;
    const args = [
      'introspection_mode = post',
      `introspection_url = http://127.0.0.1:${port}/`,
      'username_attribute = username',
      'active_attribute = active',
      'active_value = true',
      'tokeninfo_url = ',
    ];
    const directory = mkdtempSync(join(tmpdir(), 'posthorn-oauth-'));
    chmodSync(directory, 0o755);
    closing.push(() => rmSync(directory, { recursive: true }));
    writeFileSync(`${directory}/oauth2.conf`, `${args.join('\n')}\n`);
    const dovecot = await start(
      `auth_mechanisms = plain xoauth2 oauthbearer\npassdb {\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = ${directory}/oauth2.conf\n}`,
    );
    const at = { port: dovecot.ports.pop3, secretIs: 'token' as const };
    const wire = await open(at, { username: 'ann', password: 'good-token' });
    expect([wire.signedInBy, await wire.list()]).toEqual(['OAUTHBEARER', []]);
    await wire.quit();
    const refused = open(at, { username: 'ann', password: 'stale-token' });
    await expect(refused).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
