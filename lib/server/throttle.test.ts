import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MailError } from '../mail/errors.ts';
import { accountIdOf } from '../store/account.ts';
import { databases } from '../store/testing/databases.ts';
import { config } from './config.ts';
import { rememberOrigin } from './known-address.ts';
import { forget } from './live.ts';
import { store } from './store.ts';
import { sweep } from './sweep.ts';
import { install } from './testing/installation.ts';
import { clearAttempts, countAttempt, returnAttempt } from './throttle.ts';

const limits = {
  SIGN_IN_ATTEMPTS_PER_ACCOUNT: '3',
  SIGN_IN_ATTEMPTS_PER_ADDRESS: '5',
  SIGN_IN_ATTEMPTS_BY_STRANGERS: '4',
};

describe.each(databases)('the throttle of sign-ins on $name', (database) => {
  let installation: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    installation = await install(database, limits);
  });
  afterAll(() => installation.remove());
  beforeEach(async () => {
    forget('throttle');
    await (await store()).db.deleteFrom('known_address').execute();
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
  async function outcomesOf(...attempts: [login: string, address: string][]): Promise<string[]> {
    const outcomes = [];
    for (const [login, address] of attempts) outcomes.push(await outcomeOf(login, address));
    return outcomes;
  }
  async function signedInFrom(login: string, address: string): Promise<void> {
    const account = { protocol: 'imap', host: 'h', port: 1, username: login } as const;
    await rememberOrigin({ login, address }, await accountIdOf(await store(), account));
  }

  test('refuses the fourth attempt on one login from one address, in any case of its letters, and no other login', async () => {
    expect(await outcomesOf(['anna', 'a'], ['Anna', 'a'], ['anna', 'a'], ['ANNA', 'a'], ['bert', 'a'])).toEqual([
      ...['asked', 'asked', 'asked', 'throttled'],
      'asked',
    ]);
    expect(await outcomeOf('anna', 'b')).toBe('asked');
  });

  test('refuses the fifth attempt on one login from strangers anywhere, and no other login', async () => {
    expect(await outcomesOf(['anna', 'a'], ['anna', 'b'], ['ANNA', 'c'], ['anna', 'd'], ['anna', 'e'])).toEqual([
      ...['asked', 'asked', 'asked', 'asked'],
      'throttled',
    ]);
    expect(await outcomeOf('bert', 'e')).toBe('asked');
  });

  test('strangers lock nobody out where the login has signed in from, and there its own attempts count', async () => {
    await signedInFrom('anna', 'home');
    await outcomesOf(['anna', 'a'], ['anna', 'b'], ['anna', 'c'], ['anna', 'd']);
    expect(await outcomesOf(['anna', 'elsewhere'], ['Anna', 'home'])).toEqual(['throttled', 'asked']);
    expect(await outcomesOf(['anna', 'home'], ['anna', 'home'], ['anna', 'home'])).toEqual([
      'asked',
      'asked',
      'throttled',
    ]);
  });

  test('an address that one login has signed in from is a stranger to every other', async () => {
    await signedInFrom('bert', 'home');
    await outcomesOf(['anna', 'a'], ['anna', 'b'], ['anna', 'c'], ['anna', 'd']);
    expect(await outcomeOf('anna', 'home')).toBe('throttled');
  });

  test('an owner whose session has just run out is known at home', async () => {
    const { db } = await store();
    await signedInFrom('anna', 'home');
    await db
      .updateTable('known_address')
      .set({ seen_at_ms: Date.now() - config().sessionMaxAgeMs - 86_400_000 })
      .execute();
    await outcomesOf(['anna', 'a'], ['anna', 'b'], ['anna', 'c'], ['anna', 'd']);
    expect(await outcomeOf('anna', 'home')).toBe('asked');
  });

  test('an origin is forgotten 30 days after its session, and past 50 for one account the oldest', async () => {
    const { db } = await store();
    const count = async () => (await db.selectFrom('known_address').select('digest').execute()).length;
    await signedInFrom('anna', 'home');
    await db
      .updateTable('known_address')
      .set({ seen_at_ms: Date.now() - config().sessionMaxAgeMs - 31 * 86_400_000 })
      .execute();
    await outcomesOf(['anna', 'a'], ['anna', 'b'], ['anna', 'c'], ['anna', 'd']);
    expect(await outcomeOf('anna', 'home')).toBe('throttled');
    await signedInFrom('bert', 'home');
    await sweep();
    expect(await count()).toBe(1);
    for (let at = 0; at < 60; at++) await signedInFrom('anna', `address ${at}`);
    expect(await count()).toBe(51);
  });

  test('the store of origins names neither login nor address', async () => {
    await signedInFrom('anna', '192.0.2.77');
    const [row] = await (await store()).db.selectFrom('known_address').selectAll().execute();
    expect(row?.digest).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(row)).not.toMatch(/anna|192\.0/);
  });

  test('refuses the sixth attempt from one address on whatever login, and no other address', async () => {
    const logins = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(await outcomesOf(...logins.map((login): [string, string] => [login, 'one']))).toEqual([
      ...['asked', 'asked', 'asked', 'asked', 'asked'],
      'throttled',
    ]);
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
    expect(outcomes.filter((outcome) => outcome === 'asked')).toHaveLength(4);
  });

  test('a sign-in forgets the failures from its own address, and none of strangers', async () => {
    const last = [await countAttempt({ login: 'anna', address: 'a' })];
    last.push(await countAttempt({ login: 'anna', address: 'a' }), await countAttempt({ login: 'anna', address: 'a' }));
    expect(await outcomeOf('anna', 'a')).toBe('throttled');
    const [one] = last;
    if (one !== undefined) await clearAttempts(one);
    // Two of the four that strangers have are used up; the sign-in's own was given back.
    expect(await outcomesOf(['anna', 'a'], ['anna', 'b'], ['anna', 'c'])).toEqual(['asked', 'asked', 'throttled']);
  });

  test('an attempt that was given back does not count', async () => {
    for (let at = 0; at < 10; at++) await returnAttempt(await countAttempt({ login: 'anna', address: 'a' }));
    expect(await outcomeOf('anna', 'a')).toBe('asked');
  });
});
