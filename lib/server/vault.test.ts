import { describe, expect, test } from 'vitest';
import { MailError } from '../mail/errors.ts';
import { createHalf, openSecret, sealSecret } from './vault.ts';

const authSecret = 'the secret that the server alone has';
const half = createHalf();
const key = { authSecret, half };
const place = { sessionId: 's1', accountId: 'a1' };
const password = 'pässwörd with a space at its end ';

function refusalOf(work: () => string): string {
  try {
    return `opened: ${work()}`;
  } catch (error) {
    return error instanceof MailError ? error.code : `threw ${String(error)}`;
  }
}

describe('the vault', () => {
  test('opens with both halves, for the place it was sealed for', () => {
    expect(openSecret(sealSecret(password, key, place), key, place)).toBe(password);
  });

  test('the database with the server secret, but without the cookie, does not open it', () => {
    const sealed = sealSecret(password, key, place);
    expect(refusalOf(() => openSecret(sealed, { authSecret, half: createHalf() }, place))).toBe('unauthenticated');
    expect(refusalOf(() => openSecret(sealed, { authSecret, half: '' }, place))).toBe('unauthenticated');
  });

  test('the database with the cookie, but without the server secret, does not open it', () => {
    const sealed = sealSecret(password, key, place);
    const stolen = { authSecret: 'another secret of another server', half };
    expect(refusalOf(() => openSecret(sealed, stolen, place))).toBe('unauthenticated');
  });

  test('a sealed secret moved to another session or account does not open', () => {
    const sealed = sealSecret(password, key, place);
    expect(refusalOf(() => openSecret(sealed, key, { ...place, sessionId: 's2' }))).toBe('unauthenticated');
    expect(refusalOf(() => openSecret(sealed, key, { ...place, accountId: 'a2' }))).toBe('unauthenticated');
    expect(refusalOf(() => openSecret(sealed, key, { sessionId: 's1a', accountId: '1' }))).toBe('unauthenticated');
  });

  test('no byte can be altered, none cut off, none added', () => {
    const sealed = sealSecret(password, key, place);
    for (let at = 0; at < sealed.length; at++) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(refusalOf(() => openSecret(altered, key, place))).toBe('unauthenticated');
      expect(refusalOf(() => openSecret(sealed.subarray(0, at), key, place))).toBe('unauthenticated');
    }
    expect(refusalOf(() => openSecret(Buffer.concat([sealed, Buffer.from('x')]), key, place))).toBe('unauthenticated');
  });

  test('sealing twice gives different bytes, and neither holds the password', () => {
    const [one, two] = [sealSecret(password, key, place), sealSecret(password, key, place)];
    expect(one.equals(two)).toBe(false);
    expect(one.includes(Buffer.from('pässwörd'))).toBe(false);
  });
});
