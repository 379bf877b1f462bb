import { describe, expect, test } from 'vitest';
import { attached, picture } from './testing/letters.ts';
import { useProduct } from './testing/office.ts';

const office = useProduct();
const { at, idOf } = office;

describe('the bytes of a message', () => {
  const partOf = async (choose: (part: { name: string | null; type: string }) => boolean) => {
    const messageId = await idOf('inbox', 'parts');
    const { json } = await office.ada.call('getMessage', { params: at({ messageId }) });
    return { messageId, partId: json.attachments.find(choose).partId as string };
  };
  const get = async (place: Record<string, string>, headers = {}, query = {}) => {
    const response = await office.ada.open('getPart', { params: at(place), headers, query });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const pdf = () => partOf((part) => part.type === 'application/pdf');

  test('an attachment comes whole, as a download that nothing can run or sniff', async () => {
    const { status, headers, bytes } = await get(await pdf(), {}, { inline: 'true' });
    expect(status).toBe(200);
    expect(bytes.equals(attached)).toBe(true);
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[^"\r\n]*\.pdf"/);
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  test.each([
    ['bytes=0-0', 0, 0],
    ['bytes=100-199', 100, 199],
    ['bytes=4990-', 4_990, 4_999],
    ['bytes=-7', 4_993, 4_999],
    ['bytes=4000-999999', 4_000, 4_999],
  ])('the range %s is exactly that', async (range, first, last) => {
    const { status, headers, bytes } = await get(await pdf(), { range });
    expect(status).toBe(206);
    expect(headers.get('content-range')).toBe(`bytes ${first}-${last}/5000`);
    expect(bytes.equals(attached.subarray(first, last + 1))).toBe(true);
  });

  test('a range past the end is 416, a malformed one is ignored, and one of another version too', async () => {
    const place = await pdf();
    const past = await get(place, { range: 'bytes=5000-' });
    expect([past.status, past.headers.get('content-range')]).toEqual([416, 'bytes */5000']);
    expect((await get(place, { range: 'bytes=9-1' })).status).toBe(200);
    const whole = await get(place);
    const etag = whole.headers.get('etag') ?? '';
    expect((await get(place, { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206);
    expect((await get(place, { range: 'bytes=0-9', 'if-range': '"another"' })).status).toBe(200);
  });

  test('a picture is shown inline when asked for, and markup that calls itself one is not', async () => {
    const square = await partOf((part) => part.type === 'image/png' && part.name !== 'evil.png');
    const shown = await get(square, {}, { inline: 'true' });
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/);
    expect(shown.bytes.equals(picture)).toBe(true);
    expect((await get(square)).headers.get('content-disposition')).toMatch(/^attachment/);
    const evil = await get(await partOf((part) => part.name === 'evil.png'), {}, { inline: 'true' });
    expect(evil.headers.get('content-type')).toBe('application/octet-stream');
    expect(evil.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  test('the message itself comes as it was delivered', async () => {
    const messageId = await idOf('inbox', 'parts');
    const raw = await office.ada.call('getRaw', { params: at({ messageId }) });
    expect(raw.headers.get('content-type')).toBe('message/rfc822');
    expect(raw.text).toContain('Subject: parts\r\n');
  });

  test('HEAD tells the headers and lets go of the part', async () => {
    const { messageId, partId } = await pdf();
    for (let times = 0; times < 10; times++) {
      const response = await office.ada.send(
        `/api/accounts/${office.accountId}/messages/${messageId}/parts/${partId}`,
        {
          method: 'HEAD',
        },
      );
      expect([response.status, await response.text()]).toEqual([200, '']);
    }
    expect((await get({ messageId, partId })).bytes.length).toBe(5_000);
  });

  test('a part that is not there is not found', async () => {
    const { messageId } = await pdf();
    for (const partId of ['99', '1.1.1.1', '0', '-1', 'TEXT', '1]', 'x'.repeat(150)]) {
      const { json } = await office.ada.call('getPart', { params: at({ messageId, partId }) });
      expect(json.code, partId).toMatch(/notFound|invalid/);
    }
  });
});
