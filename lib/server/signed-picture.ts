import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { MailError } from '../mail/errors.ts';
import { config } from './config.ts';
import type { SecretPlace } from './vault.ts';

/** An address that our picture proxy was told to fetch for one sign-in and account, until `expires` (ms since 1970). */
export interface SignedPicture {
  url: string;
  expires: number;
  /** HMAC-SHA-256 in base64url. */
  signature: string;
}

const lifeMs = 60 * 60_000;

/** Signs an address for an hour. Whoever copies it has no use for it without the cookie of that sign-in. */
export function signPicture(url: string, place: SecretPlace, now = Date.now()): SignedPicture {
  const expires = now + lifeMs;
  return { url, expires, signature: digestOf(url, expires, place).toString('base64url') };
}

/** Throws `forbidden` for what was not signed here, or for another sign-in or account, or has expired. */
export function requireSigned({ url, expires, signature }: SignedPicture, place: SecretPlace, now = Date.now()): void {
  const given = Buffer.from(signature, 'base64url');
  const wanted = digestOf(url, expires, place);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw refused('signature');
  if (expires <= now) throw refused('expires');
}

function digestOf(url: string, expires: number, { sessionId, accountId }: SecretPlace): Buffer {
  const key = Buffer.from(hkdfSync('sha256', config().authSecret, '', 'posthorn remote image', 32));
  return createHmac('sha256', key)
    .update(JSON.stringify([sessionId, accountId, expires, url]))
    .digest();
}

const refused = (detail: string) => new MailError('forbidden', 'not an address that was signed for this', { detail });
