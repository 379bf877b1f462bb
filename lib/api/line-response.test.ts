import { expect, test } from 'vitest';
import { lineResponse } from './line-response.ts';

interface Line {
  n: number;
}

function watched(count: number, failAt = Number.POSITIVE_INFINITY) {
  const seen = { made: 0, isLeft: false, isCancelled: false };
  async function* events(): AsyncGenerator<Line> {
    try {
      for (let n = 0; n < count; n++) {
        if (n === failAt) throw new Error('broken');
        seen.made++;
        yield { n };
      }
    } finally {
      seen.isLeft = true;
    }
  }
  const response = lineResponse<Line>(events(), {
    requestId: 'r1',
    lastLine: (error) => ({ problem: (error as Error).message }),
    onCancel: () => {
      seen.isCancelled = true;
    },
  });
  return { seen, response };
}

test('each value is a line of JSON', async () => {
  const { response } = watched(3);
  expect(await (await response).text()).toBe('{"n":0}\n{"n":1}\n{"n":2}\n');
  expect((await response).headers.get('cache-control')).toContain('no-transform');
});

test('nothing found is an empty answer', async () => {
  expect(await (await watched(0).response).text()).toBe('');
});

test('an error before the first line is thrown, a later one is the last line', async () => {
  await expect(watched(3, 0).response).rejects.toThrow('broken');
  expect(await (await watched(3, 2).response).text()).toBe('{"n":0}\n{"n":1}\n{"problem":"broken"}\n');
});

test('no more is made than is read', async () => {
  const { response, seen } = watched(1_000_000);
  const reader = ((await response).body as ReadableStream).getReader();
  for (let times = 0; times < 5; times++) await reader.read();
  expect(seen.made).toBe(5);
  await reader.cancel();
});

test('a caller who leaves ends the work', async () => {
  const { response, seen } = watched(1_000_000);
  const reader = ((await response).body as ReadableStream).getReader();
  await reader.read();
  expect(seen).toMatchObject({ isLeft: false, isCancelled: false });
  await reader.cancel();
  expect(seen).toMatchObject({ isLeft: true, isCancelled: true });
});
