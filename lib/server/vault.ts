import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { MailError } from '../mail/errors.ts';

/** The two halves of the key: the server's AUTH_SECRET, and what travels in the cookie. */
export interface KeyHalves {
  authSecret: string;
  half: string;
}

/** Which session and account a secret is bound to; a sealed secret moved to another row does not open. */
export interface SecretPlace {
  sessionId: string;
  accountId: string;
}

const version = 1;
const ivBytes = 12;
const tagBytes = 16;

/** The half of the key that travels in the cookie: 256 random bits in base64url. */
export const createHalf = (): string => randomBytes(32).toString('base64url');

/**
 * Seals a mail password with AES-256-GCM under HKDF-SHA-256 (RFC 5869) of the server's secret and the cookie's half. The result is version,
 * IV, tag, ciphertext. Neither half alone opens it.
 */
export function sealSecret(secret: string, key: KeyHalves, place: SecretPlace): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(key), iv);
  cipher.setAAD(boundTo(place));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), sealed]);
}

/** Opens what `sealSecret` made. Throws `unauthenticated` for another half, another place, another AUTH_SECRET or altered bytes. */
export function openSecret(sealed: Buffer, key: KeyHalves, place: SecretPlace): string {
  if (sealed[0] !== version || sealed.length < 1 + ivBytes + tagBytes) throw unopened();
  const iv = sealed.subarray(1, 1 + ivBytes);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(key), iv, { authTagLength: tagBytes });
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(sealed.subarray(1 + ivBytes, 1 + ivBytes + tagBytes));
  try {
    const secret = decipher.update(sealed.subarray(1 + ivBytes + tagBytes));
    return Buffer.concat([secret, decipher.final()]).toString('utf8');
  } catch (error) {
    throw unopened(error);
  }
}

function keyOf({ authSecret, half }: KeyHalves): Buffer {
  const salt = Buffer.from(half, 'base64url');
  if (salt.length !== 32) throw unopened();
  return Buffer.from(hkdfSync('sha256', authSecret, salt, 'posthorn mail secret', 32));
}

const boundTo = (place: SecretPlace) => Buffer.from(JSON.stringify([version, place.sessionId, place.accountId]));
const unopened = (cause?: unknown) =>
  new MailError('unauthenticated', 'the kept mail password cannot be opened', { cause });
