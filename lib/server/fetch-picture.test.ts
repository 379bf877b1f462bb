import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { MailError } from '../mail/errors.ts';
import { makeCertificate } from '../mail/testing/certificate.ts';
import type { Resolve } from './allowed-lookup.ts';
import { webUrl } from './ask-web.ts';
import { fetchPicture, type PictureWay } from './fetch-picture.ts';
import { isPublicAddress } from './public-address.ts';
import { type PictureHost, square, startPictureHost } from './testing/picture-host.ts';

const hosts: PictureHost[] = [];
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});
async function host(...given: Parameters<typeof startPictureHost>): Promise<PictureHost> {
  const started = await startPictureHost(...given);
  hosts.push(started);
  return started;
}

const nowhere: Resolve = async (name) => {
  throw new Error(`${name} is not known`);
};
const at = (address: string) => async () => [{ address, family: address.includes(':') ? 6 : 4 }];
const limits = { sizeBytes: 100_000, timeMs: 3_000, redirects: 3 };
/** As in production: only what is public. */
const strict: PictureWay = { resolve: nowhere, mayReach: isPublicAddress, limits };
/** The other side of the test: this one address counts as if it were public. */
const open: PictureWay = { resolve: nowhere, mayReach: (address) => address === '127.0.0.1', limits };

const never = new AbortController().signal;
const fetched = (url: string, way: PictureWay, signal = never) => fetchPicture(url, way, signal);
/** Why there is no picture, as the log has it. */
async function reasonOf(url: string, way: PictureWay): Promise<string> {
  const error = await fetched(url, way).then(
    () => new Error('there was a picture'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MailError)) throw error;
  expect([error.code, error.detail]).toEqual(['notFound', 'picture']);
  return error.message;
}

describe('a picture of another server', () => {
  test('comes whole, and the request tells nothing about who asks', async () => {
    const pictures = await host();
    const picture = await fetched(`http://127.0.0.1:${pictures.port}/a.png?for=you#part`, open);
    expect([picture.type, picture.bytes.equals(square)]).toEqual(['image/png', true]);
    const [request] = pictures.asked;
    expect([request?.method, request?.url]).toEqual(['GET', '/a.png?for=you']);
    expect(Object.keys(request?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(request?.headers['user-agent']).toBe('Mozilla/5.0');
  });

  test('is what its bytes say, whatever the server calls it', async () => {
    const pictures = await host({
      answer: (_, response) => void response.setHeader('content-type', 'text/html').end(square),
    });
    expect((await fetched(`http://127.0.0.1:${pictures.port}/`, open)).type).toBe('image/png');
  });

  test.each([
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
    ['a page', '<!doctype html><title>inside</title>'],
    ['nothing', ''],
    ['too little to tell', '\x89PNG'],
    ['a bitmap', 'BM0000000000000000'],
  ])('is not taken where it is %s', async (_, body) => {
    const pictures = await host({
      answer: (_, response) => void response.setHeader('content-type', 'image/png').end(body, 'latin1'),
    });
    expect(await reasonOf(`http://127.0.0.1:${pictures.port}/`, open)).toMatch(/not a picture/);
  });

  test('is not read on where its first bytes are none', async () => {
    let sent = 0;
    const pictures = await host({
      answer: (_, response) => {
        const more = () => {
          if (response.destroyed) return;
          sent += 1_000;
          response.write('x'.repeat(1_000), () => setTimeout(more, 5));
        };
        more();
      },
    });
    await reasonOf(`http://127.0.0.1:${pictures.port}/`, open);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sent).toBeLessThan(50_000);
  });
});

describe('what a server may not do', () => {
  const answering = async (answer: (request: IncomingMessage, response: ServerResponse) => void) =>
    `http://127.0.0.1:${(await host({ answer })).port}/`;

  test('keep us waiting: without an answer, in the middle of one, or by drops', async () => {
    const hurried = { ...open, limits: { ...limits, timeMs: 300 } };
    const silent = await answering(() => undefined);
    const stalling = await answering((_, response) => void response.write(square));
    const dripping = await answering((_, response) => {
      response.write(square);
      const drops = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drops));
    });
    for (const url of [silent, stalling, dripping]) {
      const started = performance.now();
      await reasonOf(url, hurried);
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });

  test('send without end, with a length or without one', async () => {
    const endless = await answering((_, response) => {
      response.write(square);
      const more = () => response.destroyed || response.write(Buffer.alloc(20_000), more);
      more();
    });
    expect(await reasonOf(endless, open)).toMatch(/larger/);
    const told = await answering((_, response) => void response.setHeader('content-length', '100001').write(square));
    expect(await reasonOf(told, open)).toMatch(/larger/);
  });

  test('send more in headers than a page has', async () => {
    const url = await answering((_, response) => void response.setHeader('x-long', 'x'.repeat(40_000)).end(square));
    expect(await reasonOf(url, open)).toMatch(/overflow/i);
  });

  test('send a picture packed, however small it looks', async () => {
    const bomb = gzipSync(Buffer.concat([square, Buffer.alloc(10_000_000)]));
    expect(bomb.length).toBeLessThan(limits.sizeBytes);
    for (const encoding of ['gzip', 'br', 'deflate, gzip', 'aes128gcm']) {
      const url = await answering((_, response) => void response.setHeader('content-encoding', encoding).end(bomb));
      expect(await reasonOf(url, open)).toMatch(/packed/);
    }
  });

  test('end before its end', async () => {
    const url = await answering((_, response) => {
      response.setHeader('content-length', '5000').write(square);
      setTimeout(() => response.destroy(), 50);
    });
    expect(await reasonOf(url, open)).toMatch(/aborted/);
  });

  test('answer with an error, a part, nothing new, or another protocol', async () => {
    for (const status of [204, 206, 304, 404, 500]) {
      const url = await answering((_, response) => void response.writeHead(status).end(status === 204 ? '' : square));
      expect(await reasonOf(url, open)).toBe(`no picture: answered ${status}`);
    }
    const upgrading = await answering(
      (_, response) => void response.writeHead(101, { connection: 'upgrade', upgrade: 'websocket' }).end(),
    );
    await reasonOf(upgrading, open);
  });

  test('lead on for ever, or to what is no address of the web', async () => {
    const circle = await answering((request, response) => {
      response.writeHead(302, { location: `/${Number(request.url?.slice(1)) + 1}` }).end();
    });
    expect(await reasonOf(circle, open)).toMatch(/too many redirects/);
    for (const location of [
      'file:///etc/passwd',
      'ftp://127.0.0.1/',
      'http://you:secret@127.0.0.1/',
      'data:,x',
      '//',
      '',
    ]) {
      const url = await answering((_, response) => void response.writeHead(302, { location }).end());
      expect(await reasonOf(url, open), location).toMatch(/never asked for|redirects/);
    }
    const bare = await answering((_, response) => void response.writeHead(302).end());
    await reasonOf(bare, open);
  });

  test('be waited for once the caller has gone', async () => {
    const pictures = await host({ answer: () => undefined });
    const leaving = new AbortController();
    const asking = fetched(`http://127.0.0.1:${pictures.port}/`, open, leaving.signal);
    await expect.poll(() => pictures.asked.length).toBe(1);
    leaving.abort(new Error('left'));
    await expect(asking).rejects.toThrow('left');
    await expect.poll(() => pictures.asked[0]?.socket.destroyed).toBe(true);
  });
});

describe('what must not be reached', () => {
  test('is loopback, in every spelling, while the same server is reached where it is allowed', async () => {
    const inside = await host();
    const inside6 = await host({ address: '::1' });
    const { port } = inside;
    const spellings = [
      `http://127.0.0.1:${port}/`,
      `http://127.1:${port}/`,
      `http://2130706433:${port}/`,
      `http://0x7f000001:${port}/`,
      `http://0x7f.1:${port}/`,
      `http://0177.0.0.1:${port}/`,
      `http://017700000001:${port}/`,
      `http://127.0.0.1.:${port}/`,
      `http://①②⑦.0.0.1:${port}/`,
      `http://0:${port}/`,
      `http://0.0.0.0:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `http://[::ffff:7f00:1]:${port}/`,
      `http://[::127.0.0.1]:${port}/`,
      `http://[64:ff9b::7f00:1]:${port}/`,
      `http://[2002:7f00:1::]:${port}/`,
      `http://[::1]:${inside6.port}/`,
      `http://[0:0:0:0:0:0:0:1]:${inside6.port}/`,
      `http://[::]:${inside6.port}/`,
    ];
    for (const url of spellings) expect(await reasonOf(url, strict), url).toMatch(/may be reached/);
    expect([inside.connections(), inside6.connections()]).toEqual([0, 0]);
    for (const url of spellings.slice(0, 9)) expect((await fetched(url, open)).type, url).toBe('image/png');
    expect(inside.connections()).toBe(9);
  });

  test.each(['10.0.0.1', '169.254.169.254', '192.168.0.1', '100.64.0.1', '224.0.0.1', '[fe80::1]', '[fd00::1]'])(
    'is %s',
    async (address) => expect(await reasonOf(`http://${address}/`, strict)).toMatch(/may be reached/),
  );

  test('is a name that resolves inward, also where only some of its addresses do', async () => {
    const inside = await host();
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', '64:ff9b::7f00:1']) {
      const way = { ...strict, resolve: at(address) };
      expect(await reasonOf(`http://pictures.example:${inside.port}/`, way)).toMatch(/may be reached/);
    }
    const mixed: PictureWay = {
      ...open,
      resolve: async () => [...(await at('127.0.0.2')()), ...(await at('127.0.0.1')())],
    };
    const other = await host({ address: '127.0.0.2', port: inside.port });
    expect((await fetched(`http://pictures.example:${inside.port}/`, mixed)).type).toBe('image/png');
    expect([inside.connections(), other.connections()]).toEqual([1, 0]);
  });

  test('is whatever a redirect leads to inside', async () => {
    const inside = await host({ address: '127.0.0.2' });
    const names: Record<string, string> = { 'public.example': '127.0.0.1', 'inward.example': '127.0.0.2' };
    const way: PictureWay = { ...open, resolve: async (name) => at(names[name] ?? '')() };
    const targets = [
      `http://127.0.0.2:${inside.port}/`,
      `http://127.2:${inside.port}/`,
      `http://2130706434:${inside.port}/`,
      `http://[::ffff:7f00:2]:${inside.port}/`,
      `http://inward.example:${inside.port}/`,
      `//inward.example:${inside.port}/`,
    ];
    for (const location of targets) {
      const outside = await host({ answer: (_, response) => void response.writeHead(302, { location }).end() });
      expect(await reasonOf(`http://public.example:${outside.port}/`, way), location).toMatch(/may be reached/);
      expect(outside.connections()).toBe(1);
    }
    expect(inside.connections()).toBe(0);
    // The control: the same redirect, to the same server, where it may be reached.
    const outside = await host({
      answer: (_, response) => void response.writeHead(302, { location: targets[4] }).end(),
    });
    const wide = { ...way, mayReach: (address: string) => address.startsWith('127.') };
    expect((await fetched(`http://public.example:${outside.port}/`, wide)).type).toBe('image/png');
    expect(inside.connections()).toBe(1);
  });

  test('is a name that means another address the second time', async () => {
    const outside = await host();
    const inside = await host({ address: '127.0.0.2', port: outside.port });
    const answers = ['127.0.0.1', '127.0.0.2', '127.0.0.2', '127.0.0.2'];
    let lookups = 0;
    const rebinding: PictureWay = {
      ...open,
      resolve: async () => at(answers[lookups++] ?? '')(),
    };
    // One connection asks once, and goes to what was checked.
    expect((await fetched(`http://rebind.example:${outside.port}/`, rebinding)).type).toBe('image/png');
    expect([lookups, outside.connections(), inside.connections()]).toEqual([1, 1, 0]);
    // The next one asks again, and is checked again.
    expect(await reasonOf(`http://rebind.example:${outside.port}/`, rebinding)).toMatch(/may be reached/);
    expect([lookups, outside.connections(), inside.connections()]).toEqual([2, 1, 0]);
  });

  test('is a port other than those that are allowed', async () => {
    const pictures = await host();
    const ports: PictureWay = { ...open, mayReach: (_, port) => port === 80 || port === 443 };
    expect(await reasonOf(`http://127.0.0.1:${pictures.port}/`, ports)).toMatch(/may be reached/);
    expect(pictures.connections()).toBe(0);
  });

  test('is a server whose certificate nobody vouches for', async () => {
    const certificate = makeCertificate('DNS:pictures.example');
    const pictures = await host({ make: (listener) => createSecureServer(certificate, listener) });
    const way = { ...open, resolve: at('127.0.0.1') };
    expect(await reasonOf(`https://pictures.example:${pictures.port}/`, way)).toMatch(/self-signed certificate/);
    expect(pictures.asked).toEqual([]);
  });
});

describe('an address', () => {
  test.each([
    'ftp://pictures.example/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:image/png;base64,AAAA',
    'https://you@pictures.example/',
    'https://you:secret@pictures.example/',
    `https://pictures.example/${'x'.repeat(4_100)}`,
    'https://',
    'pictures.example/a.png',
    '',
  ])('%.40s is never asked for', (text) => expect(webUrl(text)).toBeNull());

  test('of the web is asked for without its fragment', () => {
    expect(webUrl('https://pictures.example/a.png#x')?.href).toBe('https://pictures.example/a.png');
  });
});
