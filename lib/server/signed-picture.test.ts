import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases } from '../store/testing/databases.ts';
import { forget } from './live.ts';
import { requireSigned, signPicture } from './signed-picture.ts';
import { install, testSecret } from './testing/installation.ts';

const [libsql] = databases;
const place = { sessionId: 'session', accountId: 'account' };
const url = 'https://pictures.example/a.png?x=1';
const hour = 60 * 60_000;

describe('a signed address', () => {
  let installation: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    if (libsql === undefined) throw new Error('no database');
    installation = await install(libsql, {});
  });
  afterAll(() => installation.remove());

  test('holds for an hour', () => {
    const signed = signPicture(url, place, 1_000);
    expect(signed).toMatchObject({ url, expires: 1_000 + hour });
    requireSigned(signed, place, 1_000 + hour - 1);
    expect(() => requireSigned(signed, place, 1_000 + hour)).toThrow(/not an address/);
  });

  test('is refused for another address, time, sign-in or account, and with another signature', () => {
    const signed = signPicture(url, place, 0);
    requireSigned(signed, place, 1);
    const altered = [
      { ...signed, url: 'https://pictures.example/b.png' },
      { ...signed, url: `${url} ` },
      { ...signed, expires: signed.expires + 1 },
      {
        ...signed,
        signature:
          `A${signed.signature.slice(1)}` === signed.signature
            ? `B${signed.signature.slice(1)}`
            : `A${signed.signature.slice(1)}`,
      },
      { ...signed, signature: signed.signature.slice(0, -2) },
      { ...signed, signature: '' },
    ];
    for (const one of altered) expect(() => requireSigned(one, place, 1)).toThrow(/not an address/);
    for (const other of [
      { ...place, sessionId: 'other' },
      { ...place, accountId: 'other' },
      { sessionId: 'session"', accountId: ',"account' },
    ])
      expect(() => requireSigned(signed, other, 1)).toThrow(/not an address/);
  });

  test('is refused under another AUTH_SECRET', () => {
    const signed = signPicture(url, place, 0);
    process.env.AUTH_SECRET = `${testSecret} changed`;
    forget('config');
    expect(() => requireSigned(signed, place, 1)).toThrow(/not an address/);
    process.env.AUTH_SECRET = testSecret;
    forget('config');
    requireSigned(signed, place, 1);
  });
});
