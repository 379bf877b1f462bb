import { expect, test } from 'vitest';
import { identify } from './identify.ts';
import type { Wire } from './wire.ts';

test('a server that gives 130,000 messages one unique-id is asked for their headers a thousand at a time', async () => {
  let asked = 0;
  let most = 0;
  const wire = {
    capabilities: { words: new Map([['TOP', '']]) },
    async top(number: number) {
      most = Math.max(most, ++asked);
      await Promise.resolve();
      asked -= 1;
      return Buffer.from(`Subject: ${number}\r\n\r\n`);
    },
  } as unknown as Wire;
  const numbers = Array.from({ length: 130_000 }, (_, at) => at + 1);
  const uidls = numbers.map((number) => ({ number, value: 'same' }));
  const names = await identify(wire, { hasTop: true, hasUidl: true } as Parameters<typeof identify>[1], numbers, uidls);
  expect(new Set(names.values()).size).toBe(130_000);
  expect(most).toBeLessThanOrEqual(1_000);
});
