import { describe, expect, test } from 'vitest';
import { password, useProduct } from './testing/office.ts';

const office = useProduct();

describe('what nobody should send to sign-in', () => {
  const addresses = [
    '%',
    'x',
    'http://[',
    'javascript:alert(1)',
    '//evil.example',
    '/\\evil.example',
    '/a\r\nX: y',
    '\0',
  ];
  const foreign = [...addresses, 'https://evil.example/', 'a'.repeat(9_000)];
  const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) });

  test.each(foreign)('a callbackUrl %j is ignored, in the query, the cookie and the form', async (callbackUrl) => {
    const encoded = encodeURIComponent(callbackUrl);
    const { send } = office.person();
    const asked = await send(`/api/auth/csrf?callbackUrl=${encoded}`);
    const kept = await send('/api/auth/csrf', { headers: { cookie: `posthorn.callback=${encoded}` } });
    for (const response of [asked, kept]) {
      expect([response.status, Object.keys((await response.json()) as object)]).toEqual([200, ['csrfToken']]);
    }
    const page = await send(`/api/auth/signin?callbackUrl=${encoded}`);
    const start = encodeURIComponent(office.product.url);
    expect([page.status, page.headers.get('location')]).toEqual([302, `/signin?callbackUrl=${start}`]);
    const ada = office.person();
    expect(await ada.signIn({ username: 'ada@example.org', password, callbackUrl })).toBeNull();
    expect((await ada.call('getSession')).status).toBe(200);
    await ada.signOut();
  });

  test('an address of ours is kept', async () => {
    const page = await office.person().send('/api/auth/signin?callbackUrl=%2Fmail%2Fx');
    expect(page.headers.get('location')).toContain(encodeURIComponent(`${office.product.url}/mail/x`));
  });

  const json = (body: string) => ({ method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const odd: [name: string, step: string, init: RequestInit][] = [
    ['JSON that is none', 'callback/credentials', json('{')],
    ['JSON null', 'callback/credentials', json('null')],
    ['JSON of other types', 'callback/credentials', json('{"callbackUrl":{"a":1},"csrfToken":["x"],"username":5}')],
    ['a body of no type', 'callback/credentials', { method: 'POST', body: new Uint8Array([0, 255, 13, 10]) }],
    ['no body', 'callback/credentials', { method: 'POST' }],
    ['a forged csrf token', 'callback/credentials', form({ csrfToken: 'x|y', username: 'ada', password: 'x' })],
    ['a junk csrf cookie', 'csrf', { headers: { cookie: 'posthorn.csrf=|||%ff' } }],
    ['a junk session cookie', 'session', { headers: { cookie: 'posthorn.session=%ff%00.x; posthorn.session.0=y' } }],
    ['a callback by GET', 'callback/credentials', {}],
    ['a callback of no provider', 'callback/nothing', form({})],
    ['a sign-in at no provider', 'signin/constructor', form({})],
    ['a csrf token by POST', 'csrf', form({})],
    ['a session by POST', 'session', form({})],
    ['a sign-out from nowhere', 'signout', form({})],
    ['line ends in an error', 'error?error=%0d%0aX:%20y', {}],
    ['an error of our own kind', 'error?error=__proto__', {}],
    ['another host', 'signin', { headers: { 'x-forwarded-host': 'evil[', 'x-forwarded-proto': 'zz' } }],
    ['another method', 'csrf', { method: 'DELETE' }],
    ['a step that is no text', '%ff', {}],
  ];
  test.each(odd)('%s has a clean answer', async (_, step, init) => {
    const response = await office.person().send(`/api/auth/${step}`, init);
    const text = await response.text();
    expect(response.status, text).toBeLessThan(500);
    expect(`${response.headers.get('location')}${text}`).not.toMatch(/evil|Error:|server configuration/);
    if (response.status >= 400 && response.status !== 405) {
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    }
  });

  test('none of it is an error in the log', () => {
    expect(office.product.log()).not.toMatch(/"level":"(error|fatal)"/);
  });
});
