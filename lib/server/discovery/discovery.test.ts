import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeCertificate } from '../../mail/testing/certificate.ts';
import { resolveByDns } from '../allowed-lookup.ts';
import { type NameServer, startNameServer, type Zone } from '../testing/name-server.ts';
import { type PictureHost, startPictureHost } from '../testing/picture-host.ts';
import { ask } from './find.ts';
import { hostNameOf } from './host-name.ts';
import { type DiscoveryWay, resolveSrv } from './way.ts';

/** One name server and one web server for all of them; the web server is `harbour.example` and `autoconfig.harbour.example`. */
describe('where the mail of an address is', () => {
  let dns: NameServer;
  let web: PictureHost;
  let way: DiscoveryWay;
  const silent: RequestListener = () => undefined;
  let answer = silent;
  const { key, cert } = makeCertificate('DNS:harbour.example,DNS:autoconfig.harbour.example');

  beforeAll(async () => {
    dns = await startNameServer();
    web = await startPictureHost({
      make: (listener) => createServer({ key, cert }, listener) as never,
      answer: (request, response) => answer(request, response),
    });
    const mayReach = (address: string) => address === '127.0.0.1';
    const resolve = resolveByDns([dns.address]);
    way = {
      resolveSrv: (name, signal) => resolveSrv([dns.address], name, signal),
      mail: { resolve, mayReach },
      web: { resolve, mayReach, ca: cert, port: web.port },
      directory: null,
      limits: { timeMs: 5_000, sizeBytes: 64 * 1024, redirects: 3 },
    };
  });
  afterEach(() => {
    dns.zone = {};
    dns.asked.length = 0;
    web.asked.length = 0;
    answer = silent;
  });
  afterAll(async () => {
    await dns.close();
    await web.close();
  });

  const here = { a: ['127.0.0.1'] };
  const anna = { domain: 'harbour.example', address: 'anna@harbour.example' };
  const find = (limits: Partial<DiscoveryWay['limits']> = {}) =>
    ask(anna, { ...way, limits: { ...way.limits, ...limits } }, new AbortController().signal);
  /** With the web servers of the domain beside it. */
  const zone = (more: Zone) => {
    dns.zone = { 'harbour.example': here, 'autoconfig.harbour.example': here, ...more };
  };
  const give = (xml: string | Buffer) => {
    answer = (_, response) => void response.end(xml);
  };
  const server = (kind: string, { type, host, port, socket = 'SSL', more = '' }: Record<string, string>) =>
    `<${kind} type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType>${more || '<username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication>'}</${kind}>`;
  const file = (...servers: string[]) =>
    `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="harbour.example"><domain>harbour.example</domain>${servers.join('')}</emailProvider></clientConfig>`;
  const imaps = { type: 'imap', host: 'mail.harbour.example', port: '993' };

  describe('by SRV records', () => {
    test('TLS from the first byte goes before STARTTLS, priority before weight, and both protocols are told', async () => {
      zone({
        '_imaps._tcp.harbour.example': {
          srv: ['20 100 993 c.harbour.example', '10 1 993 a.harbour.example', '10 50 993 b.harbour.example'],
        },
        '_imap._tcp.harbour.example': { srv: ['0 1 143 d.harbour.example'] },
        '_pop3._tcp.harbour.example': { srv: ['0 1 110 d.harbour.example'] },
        '_submissions._tcp.harbour.example': { srv: ['5 1 465 smtp.provider.example'] },
        '_submission._tcp.harbour.example': { srv: ['0 1 587 d.harbour.example'] },
        ...Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`${name}.harbour.example`, here])),
        'smtp.provider.example': here,
      });
      const { choices, failures } = await find();
      const smtp = { host: 'smtp.provider.example', port: 465, security: 'tls' };
      const about = { source: 'srv', username: anna.address, smtp, foreignHosts: ['smtp.provider.example'] };
      expect(choices).toEqual([
        { ...about, protocol: 'imap', incoming: { host: 'b.harbour.example', port: 993, security: 'tls' } },
        { ...about, protocol: 'pop3', incoming: { host: 'd.harbour.example', port: 110, security: 'starttls' } },
      ]);
      expect(failures).toEqual([]);
      expect(web.connections()).toBe(0);
    });

    test('a service whose target is "." is not offered, and what may not be reached is as what is not there', async () => {
      zone({
        '_imaps._tcp.harbour.example': { srv: ['0 0 0 .'] },
        '_imap._tcp.harbour.example': { srv: ['0 1 143 inside.harbour.example', '1 1 143 loop.harbour.example'] },
        '_pop3s._tcp.harbour.example': { srv: ['0 1 995 mail', '1 1 995 10.0.0.1', '2 1 995 a\r\nb.harbour.example'] },
        'inside.harbour.example': { a: ['10.0.0.1', '169.254.169.254', '192.0.2.1'] },
        'loop.harbour.example': { cname: 'loop.harbour.example' },
      });
      answer = (_, response) => void response.writeHead(404).end();
      expect(await find()).toEqual({
        choices: [],
        failures: [
          { source: 'srv', code: 'notFound' },
          { source: 'autoconfig', code: 'notFound' },
          { source: 'autoconfig', code: 'notFound' },
        ],
      });
      // The control: the same names at an address that may be reached.
      dns.zone['inside.harbour.example'] = here;
      expect((await find()).choices).toMatchObject([
        { protocol: 'imap', incoming: { host: 'inside.harbour.example' } },
      ]);
    });

    test('a DNS that does not answer is told as such, in time', async () => {
      zone(
        Object.fromEntries(
          ['imaps', 'imap', 'pop3s', 'pop3', 'submissions', 'submission'].map((service) => [
            `_${service}._tcp.harbour.example`,
            'silent' as const,
          ]),
        ),
      );
      give(file(server('incomingServer', imaps)));
      dns.zone['mail.harbour.example'] = here;
      const { choices, failures } = await find({ timeMs: 300 });
      expect(failures).toEqual([{ source: 'srv', code: 'timeout' }]);
      expect(choices).toMatchObject([{ source: 'autoconfig', protocol: 'imap' }]);
    });
  });

  describe('by autoconfig', () => {
    test('a file gives servers of both protocols with the login that it names, and only its first address is told ours', async () => {
      const local =
        '<username>%EMAILLOCALPART%</username><authentication>OAuth2</authentication><authentication>password-cleartext</authentication>';
      zone({ 'mail.harbour.example': here });
      give(
        file(
          server('incomingServer', { ...imaps, socket: 'plain', port: '143' }),
          server('incomingServer', { ...imaps, socket: 'STARTTLS', port: '143', more: local }),
          server('incomingServer', { ...imaps, host: 'mail.%EMAILDOMAIN%', more: local }),
          server('incomingServer', { ...imaps, type: 'pop3', port: '995' }),
          server('outgoingServer', { ...imaps, type: 'smtp', port: '465', more: local }),
        ),
      );
      const { choices } = await find();
      const tls = { host: 'mail.harbour.example', security: 'tls' };
      expect(choices).toEqual([
        {
          ...{ source: 'autoconfig', protocol: 'imap', username: 'anna', foreignHosts: [] },
          incoming: { ...tls, port: 993 },
          smtp: { ...tls, port: 465 },
        },
        {
          ...{ source: 'autoconfig', protocol: 'pop3', username: anna.address, foreignHosts: [] },
          incoming: { ...tls, port: 995 },
          smtp: null,
        },
      ]);
      expect(web.asked.map(({ url }) => url).sort()).toEqual([
        '/.well-known/autoconfig/mail/config-v1.1.xml',
        '/mail/config-v1.1.xml?emailaddress=anna%40harbour.example',
      ]);
    });

    test.each([
      ['an enormous file', `${file()}${' '.repeat(70_000)}`, 'tooLarge'],
      [
        'one with a DOCTYPE and entities',
        `<!DOCTYPE x [<!ENTITY h SYSTEM "file:///etc/passwd">]>${file()}`,
        'protocol',
      ],
      ['an entity of nobody', file(server('incomingServer', { ...imaps, host: '&h;.harbour.example' })), 'unsupported'],
      ['a page', '<!doctype html><html><body>Welcome</body></html>', 'protocol'],
      ['bytes', Buffer.from([0, 255, 60, 60, 47, 0, 62]), 'protocol'],
      [
        'a name with control characters',
        file(server('incomingServer', { ...imaps, host: 'a&#13;&#10;b.x.example' })),
        'unsupported',
      ],
      ['an address of digits', file(server('incomingServer', { ...imaps, host: '127.0.0.1' })), 'unsupported'],
      ['a port of nobody', file(server('incomingServer', { ...imaps, port: '99999' })), 'unsupported'],
      ['servers without TLS', file(server('incomingServer', { ...imaps, socket: 'plain' })), 'unsupported'],
      [
        'servers by OAuth alone',
        file(server('incomingServer', { ...imaps, more: '<authentication>OAuth2</authentication>' })),
        'unsupported',
      ],
      [
        'a host that leads inward',
        file(server('incomingServer', { ...imaps, host: 'inside.harbour.example' })),
        'notFound',
      ],
    ])('%s gives nothing, and says why', async (_, xml, code) => {
      zone({ 'inside.harbour.example': { a: ['192.168.0.1'] } });
      give(xml);
      expect(await find()).toEqual({
        choices: [],
        failures: [
          { source: 'srv', code: 'notFound' },
          { source: 'autoconfig', code },
          { source: 'autoconfig', code },
        ],
      });
    });

    test('redirects are followed over https alone, a few times, and never to where nobody may', async () => {
      zone({ 'mail.harbour.example': here, 'inside.example': { a: ['10.0.0.7'] } });
      const xml = file(server('incomingServer', imaps));
      const to = (location: string) => {
        answer = (request, response) =>
          request.url === '/there' ? void response.end(xml) : void response.writeHead(302, { location }).end();
      };
      const codes = async () => (await find()).failures.map(({ code }) => code).slice(1);
      to('/there');
      expect((await find()).choices).toHaveLength(1);
      for (const location of [
        'https://inside.example/',
        'https://10.0.0.7/',
        'https://[::1]/',
        'http://harbour.example/there',
      ]) {
        to(location);
        expect([location, ...(await codes())]).toEqual([location, 'notFound', 'notFound']);
      }
      to('/again');
      expect(await codes()).toEqual(['protocol', 'protocol']);
    });

    test('a directory is asked last, for the domain alone', async () => {
      zone({ 'mail.harbour.example': here });
      answer = (request, response) =>
        request.url === '/v1.1/harbour.example'
          ? void response.end(file(server('incomingServer', imaps)))
          : void response.writeHead(404).end();
      const directory = new URL(`https://autoconfig.harbour.example:${web.port}/v1.1/`);
      const found = await ask(anna, { ...way, directory }, new AbortController().signal);
      expect(found.choices).toMatchObject([{ source: 'directory', protocol: 'imap' }]);
      expect(web.asked.map(({ url }) => url)).toHaveLength(3);
      expect((await find()).choices).toEqual([]);
    });

    test('a server that says nothing is left in time, and one with a certificate of others is not believed', async () => {
      zone({ 'mail.harbour.example': here });
      answer = silent;
      expect((await find({ timeMs: 200 })).failures.slice(1).map(({ code }) => code)).toEqual(['timeout', 'timeout']);
      give(file(server('incomingServer', imaps)));
      const { ca: _, ...unknown } = way.web;
      const doubted = await ask(anna, { ...way, web: unknown }, new AbortController().signal);
      expect(doubted).toMatchObject({ choices: [], failures: [{}, { code: 'notFound' }, { code: 'notFound' }] });
      expect((await find()).choices).toHaveLength(1);
    });
  });

  test.each([
    ['Mail.Example.ORG.', 'mail.example.org'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['', null],
    ['localhost', null],
    ['127.0.0.1', null],
    ['0x7f.1', null],
    ['[::1]', null],
    ['a b.example', null],
    ['a\r\nb.example', null],
    ['a%2eb.example', null],
    ['a\u0000b.example', null],
    ['-a.example', null],
    [`${'a'.repeat(64)}.example`, null],
    ['_imap._tcp.example.org', null],
  ])('%j as the name of a host is %j', (text, name) => {
    expect(hostNameOf(text)).toBe(name);
  });
});
