import { expect, test } from 'vitest';
import { readJson } from './read-json.ts';

const post = (body: BodyInit, type = 'application/json') =>
  new Request('http://x/', { method: 'POST', body, headers: { 'content-type': type }, duplex: 'half' } as RequestInit);

test('JSON is read, with or without a charset', async () => {
  expect(await readJson(post('{"a":"ü"}'), 100)).toEqual({ a: 'ü' });
  expect(await readJson(post('[]', 'Application/JSON; charset=utf-8'), 100)).toEqual([]);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
  'a body of type "%s", which a form of another site could send, is invalid',
  async (type) => {
    await expect(readJson(post('{}', type), 100)).rejects.toMatchObject({ code: 'invalid' });
  },
);

test.each([['{"a":'], [''], [new Uint8Array([0x22, 0xff, 0x22])]])(
  'what is not JSON in UTF-8 is invalid',
  async (body) => {
    await expect(readJson(post(body), 100)).rejects.toMatchObject({ code: 'invalid', detail: 'body' });
  },
);

test('a body of exactly the bound is read, one byte more is too large', async () => {
  const body = JSON.stringify('x'.repeat(98));
  expect(await readJson(post(body), 100)).toHaveLength(98);
  await expect(readJson(post(body), 99)).rejects.toMatchObject({ code: 'tooLarge' });
});

test('a body without end is left as soon as it is over the bound', async () => {
  let sent = 0;
  let isLeft = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 10_000;
      controller.enqueue(new Uint8Array(10_000));
    },
    cancel: () => {
      isLeft = true;
    },
  });
  await expect(readJson(post(endless), 100_000)).rejects.toMatchObject({ code: 'tooLarge' });
  expect(isLeft).toBe(true);
  expect(sent).toBeLessThan(200_000);
});
