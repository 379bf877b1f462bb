import { createHash, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { config } from '../config.ts';
import { openSecret, sealSecret } from '../vault.ts';

const derive = promisify<string, Buffer, number, { N: number; maxmem: number }, Buffer>(scrypt);

/** Seals the secrets of added accounts, and opens them. */
export interface OwnerKey {
  seal(accountId: string, secret: string): Buffer;
  /** Throws `unauthenticated` where another password sealed it. */
  open(accountId: string, sealed: Buffer): string;
}

/**
 * The key for the accounts that a person has added: AUTH_SECRET together with the password of the account that signs in
 * (scrypt, RFC 7914). The database alone opens none of them, nor does AUTH_SECRET with it; whoever signs in has it again.
 */
export async function ownerKey(ownerId: string, password: string): Promise<OwnerKey> {
  const salt = createHash('sha256').update(`posthorn accounts of ${ownerId}`).digest();
  const half = (await derive(password, salt, 32, { N: 32_768, maxmem: 64 * 1024 * 1024 })).toString('base64url');
  const halves = () => ({ authSecret: config().authSecret, half });
  const place = (accountId: string) => ({ sessionId: `accounts of ${ownerId}`, accountId });
  return {
    seal: (accountId, secret) => sealSecret(secret, halves(), place(accountId)),
    open: (accountId, sealed) => openSecret(sealed, halves(), place(accountId)),
  };
}
