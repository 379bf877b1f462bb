import { expect, test } from 'vitest';
import { useProduct } from './testing/office.ts';

const office = useProduct();

test('a script is the same text packed with brotli, with gzip, and not at all', async () => {
  const page = await (await office.person().send('/signin')).text();
  const path = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? '';
  const answer = async (encoding: string) => {
    const response = await office.person().send(path, { headers: { 'accept-encoding': encoding } });
    expect(response.headers.get('content-type')).toMatch(/javascript; charset=utf-8/i);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(response.headers.get('vary')).toContain('Accept-Encoding');
    return { encoding: response.headers.get('content-encoding'), text: await response.text() };
  };
  const plain = await answer('identity');
  expect(plain.encoding).toBeNull();
  expect(await answer('gzip, deflate, br, zstd')).toEqual({ encoding: 'br', text: plain.text });
  expect(await answer('gzip, br;q=0')).toEqual({ encoding: 'gzip', text: plain.text });
});

test('a script of an older release is told as missing, in words that a browser can read', async () => {
  const page = await (await office.person().send('/signin')).text();
  const path = /\/_next\/static\/[^"]+\.js/.exec(page)?.[0] ?? '';
  const headers = { 'accept-encoding': 'gzip, br' };
  const there = await office.person().send(path, { headers });
  expect(there.headers.get('content-encoding')).toBe('br');
  const missing = await office.person().send(path.replace(/[^/]+\.js$/, 'of-last-week.js'), { headers });
  expect(missing.status).toBe(404);
  expect(missing.headers.get('content-encoding')).not.toBe('br');
  expect(missing.headers.get('cache-control') ?? '').not.toContain('immutable');
  expect(await missing.text()).not.toBe('');
});
