import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PictureHost, square, startPictureHost } from '../server/testing/picture-host.ts';
import { password, useProduct } from './testing/office.ts';
import { createPerson, type Person } from './testing/person.ts';
import { type Product, startProduct } from './testing/product.ts';

const office = useProduct();

describe('remote images', () => {
  let host: PictureHost;
  /** As `office.product`, which allows public addresses alone, but for what this one allows besides. */
  let allowing: Product;
  let off: Product;
  beforeAll(async () => {
    host = await startPictureHost({
      answer: (request, response) => {
        if (request.url === '/svg') response.setHeader('content-type', 'image/png').end('<svg onload="1"></svg>');
        else response.end(square);
      },
    });
    allowing = await startProduct(office.mail, { REMOTE_IMAGE_ALLOW: '127.0.0.1/32' });
    off = await startProduct(office.mail, { REMOTE_IMAGES: 'never', REMOTE_IMAGE_ALLOW: '127.0.0.1/32' });
  }, 120_000);
  afterAll(async () => {
    await Promise.all([allowing?.stop(), off?.stop(), host?.close()]);
  });

  async function adaAt(product: Product) {
    const person = createPerson(product.url, office.conformity);
    expect(await person.signIn({ username: 'ada@example.org', password })).toBeNull();
    const accountId = (await person.call('getSession')).json.accounts[0].id as string;
    const { mailboxes } = (await person.call('listMailboxes', { params: { accountId } })).json;
    const mailboxId = mailboxes.find(({ role }: { role: string }) => role === 'inbox').id;
    const { items } = (await person.call('listMessages', { params: { accountId, mailboxId } })).json;
    return { person, place: { accountId, messageId: items[0].id as string } };
  }
  type Ada = Awaited<ReturnType<typeof adaAt>>;
  const urlAt = (path = '/a.png?who=you') => `http://127.0.0.1:${host.port}${path}`;
  const sign = ({ person, place }: Ada, urls: string[], headers = {}) =>
    person.call('signRemoteImages', { params: place, body: { urls }, headers });
  async function hrefOf(ada: Ada, url = urlAt()): Promise<string> {
    const { json } = await sign(ada, [url]);
    return json.images[0].href;
  }
  async function get(person: Person, href: string) {
    const query = Object.fromEntries(new URL(href, 'http://here').searchParams);
    const accountId = decodeURIComponent(href.split('/')[3] ?? '');
    const { status, json } = await person.call('getRemoteImage', { params: { accountId }, query });
    return [status, json?.code, json?.detail];
  }

  test('come through us as what they are, and can do nothing', async () => {
    const ada = await adaAt(allowing);
    const response = await ada.person.send(await hrefOf(ada));
    expect([response.status, Buffer.from(await response.arrayBuffer()).equals(square)]).toEqual([200, true]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'private, no-store',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(await get(ada.person, await hrefOf(ada, urlAt('/svg')))).toEqual([404, 'notFound', 'picture']);
  });

  test('are asked for once, and kept for a while for the account that asked', async () => {
    const ada = await adaAt(allowing);
    const url = urlAt('/kept.png');
    for (let times = 0; times < 3; times += 1) expect((await get(ada.person, await hrefOf(ada, url)))[0]).toBe(200);
    expect(host.asked.filter((request) => request.url === '/kept.png')).toHaveLength(1);
  });

  test('of addresses inside are never connected to, unless the admin allows them', async () => {
    const strict = await adaAt(office.product);
    const before = host.connections();
    const { port } = host;
    for (const name of ['127.0.0.1', '127.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost']) {
      const href = await hrefOf(strict, `http://${name}:${port}/inside.png`);
      expect(await get(strict.person, href), name).toEqual([404, 'notFound', 'picture']);
    }
    expect(host.connections()).toBe(before);
    const ada = await adaAt(allowing);
    expect((await get(ada.person, await hrefOf(ada, urlAt('/inside.png'))))[0]).toBe(200);
    expect(host.connections()).toBe(before + 1);
    for (const product of [office.product, allowing]) expect(product.log()).not.toContain('inside.png');
  });

  test('are refused where anything of their address was changed, and to everybody else', async () => {
    const ada = await adaAt(allowing);
    const href = await hrefOf(ada);
    const altered = (change: (query: URLSearchParams) => void) => {
      const url = new URL(href, 'http://here');
      change(url.searchParams);
      return `${url.pathname}${url.search}`;
    };
    const refused = async (person: Person, text: string) =>
      expect((await get(person, text)).slice(0, 2)).toEqual([403, 'forbidden']);
    await refused(
      ada.person,
      altered((query) => query.set('url', urlAt('/b.png'))),
    );
    await refused(
      ada.person,
      altered((query) => query.set('expires', String(Number(query.get('expires')) + 1))),
    );
    await refused(
      ada.person,
      altered((query) => query.set('signature', 'A'.repeat(43))),
    );
    // Another sign-in of the same person, and then another person.
    await refused((await adaAt(allowing)).person, href);
    const ben = createPerson(allowing.url, office.conformity);
    await ben.signIn({ username: 'ben@example.org', password });
    expect((await get(ben, href))[1]).toBe('notFound');
    expect((await get(createPerson(allowing.url, office.conformity), href))[1]).toBe('unauthenticated');
    // The control, and the end: it holds until the sign-in does.
    expect((await get(ada.person, href))[0]).toBe(200);
    await ada.person.signOut();
    expect((await get(ada.person, href))[1]).toBe('unauthenticated');
  });

  test('are signed for a message of the account alone, and only what may ever be asked for', async () => {
    const ada = await adaAt(allowing);
    const urls = ['ftp://x.example/', 'https://you:secret@x.example/a.png', 'file:///etc/passwd', 'x', urlAt()];
    const { json } = await sign(ada, urls);
    expect(json.images.map(({ url }: { url: string }) => url)).toEqual([urlAt()]);
    const elsewhere = { ...ada, place: { ...ada.place, messageId: `${ada.place.messageId}9999` } };
    expect((await sign(elsewhere, [urlAt()])).status).toBeGreaterThanOrEqual(400);
    expect((await sign(ada, [])).json.code).toBe('invalid');
    expect((await sign(ada, Array(501).fill(urlAt()))).json.code).toBe('invalid');
    expect((await sign(ada, [urlAt(`/${'x'.repeat(4_096)}`)])).json.code).toBe('invalid');
    // It changes nothing, so nothing is kept under a key.
    const key = { 'idempotency-key': 'the same' };
    await sign(ada, [urlAt()], key);
    expect((await sign(ada, [urlAt('/other.png')], key)).status).toBe(200);
  });

  test('can be turned off for everybody', async () => {
    const ada = await adaAt(off);
    expect((await ada.person.call('getSession')).json.remoteImages).toBe('never');
    expect((await sign(ada, [urlAt()])).json).toMatchObject({ code: 'forbidden', detail: 'REMOTE_IMAGES' });
    const href = await hrefOf(await adaAt(allowing));
    expect((await get(ada.person, href.replace(/accounts\/[^/]+/, `accounts/${ada.place.accountId}`)))[2]).toBe(
      'REMOTE_IMAGES',
    );
  });

  test('are remembered by sender and domain, for one person', async () => {
    const { ada } = office;
    const told = async (person: Person) =>
      (await person.call('listRemoteImageRules')).json.rules
        .map(({ kind, name, choice }: Record<string, string>) => `${kind} ${name} ${choice}`)
        .sort();
    const set = async (kind: string, name: string, choice: string) =>
      (await ada.call('setRemoteImageRule', { params: { kind, name }, body: { choice } })).status;
    expect(await set('sender', 'News@Seeds.example', 'always')).toBe(204);
    expect(await set('domain', 'bücher.example', 'never')).toBe(204);
    for (const [kind, name, choice] of [
      ['sender', 'seeds.example', 'always'],
      ['domain', 'a@seeds.example', 'always'],
      ['sender', 'a b@seeds.example', 'always'],
      ['sender', 'a@b@c', 'always'],
      ['domain', `${'x'.repeat(321)}`, 'always'],
      ['host', 'seeds.example', 'always'],
      ['sender', 'a@seeds.example', 'sometimes'],
    ] as const)
      expect(await set(kind, name, choice), name).toBe(400);
    expect(await told(ada)).toEqual(['domain bücher.example never', 'sender news@seeds.example always']);
    const ben = office.person();
    await ben.signIn({ username: 'ben@example.org', password });
    expect(await told(ben)).toEqual([]);
    const gone = await ada.call('removeRemoteImageRule', { params: { kind: 'domain', name: 'BÜCHER.example' } });
    expect([gone.status, await told(ada)]).toEqual([204, ['sender news@seeds.example always']]);
    expect([(await ada.call('emptyRemoteImageRules')).status, await told(ada)]).toEqual([204, []]);
  });
});
