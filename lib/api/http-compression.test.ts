import { get, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { useProduct } from './testing/office.ts';

const office = useProduct();

describe('on the wire', () => {
  /** The bytes as they came; fetch would unpack them unseen. */
  async function raw(path: string, encoding: string): Promise<{ response: IncomingMessage; bytes: Buffer }> {
    const cookie = [...office.ada.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'accept-encoding': encoding };
    const response = await new Promise<IncomingMessage>((resolve, reject) =>
      get(`${office.product.url}${path}`, { headers }, resolve).on('error', reject),
    );
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    return { response, bytes: Buffer.concat(chunks) };
  }
  const listPath = () =>
    `/api/accounts/${office.accountId}/mailboxes/${encodeURIComponent(office.boxId('inbox'))}/messages?limit=50`;

  test('a list is compressed for who can read that, and the same bytes for who cannot', async () => {
    const packed = await raw(listPath(), 'gzip, br');
    const plain = await raw(listPath(), 'identity');
    expect(packed.response.headers['content-encoding']).toBe('gzip');
    expect(packed.response.headers.vary?.toLowerCase()).toContain('accept-encoding');
    expect(plain.response.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(gunzipSync(packed.bytes).toString())).toEqual(JSON.parse(plain.bytes.toString()));
    expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 4);
  });

  test('the first document is compressed', async () => {
    const packed = await raw('/mail', 'gzip, br');
    expect(packed.response.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.bytes).toString()).toContain('letter 29');
  });

  test.each(['/api/health', '/api/auth/csrf', '/api/nothing'])('%s is too small or too secret to be', async (path) => {
    expect((await raw(path, 'gzip')).response.headers['content-encoding']).toBeUndefined();
  });

  test('a search and the events are never held back to be compressed', async () => {
    const search = await raw(`/api/accounts/${office.accountId}/search?q=herring`, 'gzip');
    expect(search.response.headers['content-encoding']).toBeUndefined();
    const leaving = new AbortController();
    const headers = { 'accept-encoding': 'gzip' };
    const query = { accountId: office.accountId };
    const events = await office.ada.open('getEvents', { query, headers, signal: leaving.signal });
    expect(events.headers.get('content-encoding')).toBeNull();
    const first = await events.body?.getReader().read();
    expect(Buffer.from(first?.value ?? []).toString()).toContain('event: live');
    leaving.abort();
  });
});
