import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { patiently } from './patience.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const codeOf = (work: Promise<unknown>) => work.then(String, (error: { code: string }) => error.code);

test('an account that is late keeps the others waiting once; when it has answered it is waited for again', async () => {
  let answer: (value: string) => void = () => undefined;
  const slow = () =>
    new Promise<string>((resolve) => {
      answer = resolve;
    });
  const [first, other] = [
    codeOf(patiently('s', 'far', slow())),
    codeOf(patiently('s', 'near', Promise.resolve('here'))),
  ];
  expect(await other).toBe('here');
  await vi.advanceTimersByTimeAsync(4_000);
  expect(await first).toBe('timeout');
  const second = codeOf(patiently('s', 'far', slow()));
  await vi.advanceTimersByTimeAsync(300);
  expect(await second).toBe('timeout');
  answer('at last');
  await vi.advanceTimersByTimeAsync(0);
  const third = codeOf(patiently('s', 'far', slow()));
  await vi.advanceTimersByTimeAsync(300);
  answer('in time');
  expect(await third).toBe('in time');
});

test('what an account fails by is told as it is, at once', async () => {
  expect(await codeOf(patiently('s', 'gone', Promise.reject({ code: 'unreachable' })))).toBe('unreachable');
});
