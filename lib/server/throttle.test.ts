import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MailError } from '../mail/errors.ts';
import { forget } from './live.ts';
import { clearAttempts, countAttempt, returnAttempt } from './throttle.ts';

const environment = {
  AUTH_SECRET: 'a secret of the tests, long enough',
  AUTH_URL: 'http://localhost:3000',
  MAIL_IMAP: 'imaps://imap.invalid',
  SIGN_IN_ATTEMPTS_PER_ACCOUNT: '3',
  SIGN_IN_ATTEMPTS_PER_ADDRESS: '5',
};

describe('the throttle of sign-ins', () => {
  const before = { ...process.env };
  beforeAll(() => {
    Object.assign(process.env, environment);
    forget('config');
  });
  afterAll(() => {
    process.env = before;
  });
  beforeEach(() => {
    forget('throttle');
  });

  async function outcomeOf(login: string, address: string): Promise<string> {
    try {
      await countAttempt({ login, address });
    } catch (error) {
      if (error instanceof MailError && error.retryAfterMs !== undefined) return error.code;
      throw error;
    }
    return 'asked';
  }

  test('refuses the fourth attempt on one login from anywhere, in any case of its letters, and no other login', async () => {
    const outcomes = [];
    for (const [login, address] of [
      ['anna', 'a'],
      ['Anna', 'b'],
      ['anna', 'c'],
      ['ANNA', 'd'],
      ['bert', 'd'],
    ] as const) {
      outcomes.push(await outcomeOf(login, address));
    }
    expect(outcomes).toEqual(['asked', 'asked', 'asked', 'throttled', 'asked']);
  });

  test('refuses the sixth attempt from one address on whatever login, and no other address', async () => {
    const outcomes = [];
    for (const login of ['a', 'b', 'c', 'd', 'e', 'f']) outcomes.push(await outcomeOf(login, 'one'));
    expect(outcomes).toEqual(['asked', 'asked', 'asked', 'asked', 'asked', 'throttled']);
    expect(await outcomeOf('f', 'two')).toBe('asked');
  });

  test('counts the addresses of one IPv6 network as one', async () => {
    const outcomes = [];
    for (let at = 1; at <= 6; at++) outcomes.push(await outcomeOf(`login ${at}`, `2001:db8:0:1::${at}`));
    expect(outcomes.at(-1)).toBe('throttled');
    expect(await outcomeOf('login 7', '2001:db8:0:2::1')).toBe('asked');
  });

  test('attempts made at once cannot slip past together', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_, at) => outcomeOf('anna', `address ${at}`)));
    expect(outcomes.filter((outcome) => outcome === 'asked')).toHaveLength(3);
  });

  test('a sign-in forgets the failures before it', async () => {
    for (let at = 0; at < 3; at++) await outcomeOf('anna', 'a');
    expect(await outcomeOf('anna', 'a')).toBe('throttled');
    await clearAttempts({ login: 'anna', address: 'a' });
    expect(await outcomeOf('anna', 'b')).toBe('asked');
  });

  test('an attempt that was given back does not count', async () => {
    for (let at = 0; at < 10; at++) {
      expect(await outcomeOf('anna', 'a')).toBe('asked');
      await returnAttempt({ login: 'anna', address: 'a' });
    }
  });
});
