import { createHmac, hkdfSync } from 'node:crypto';
import { isKnownAddress, rememberAddress, removeOldAddresses } from '../store/known-address.ts';
import { networkOf } from './client-address.ts';
import { config } from './config.ts';
import { store } from './store.ts';
import type { Attempt } from './throttle.ts';

/** A person whose session has just run out signed in as long ago as sessions last. */
const keptMs = () => config().sessionMaxAgeMs + 30 * 86_400_000;
const keptPerAccount = 50;

/** Notes that this login has signed in from this network. The store holds a keyed hash of both, and no address. */
export async function rememberOrigin(attempt: Attempt, accountId: string): Promise<void> {
  await rememberAddress(await store(), { digest: digestOf(attempt), accountId }, keptPerAccount);
}

/** Whether this login has signed in from this network lately: within the life of a session and 30 days. */
export async function isKnownOrigin(attempt: Attempt): Promise<boolean> {
  return await isKnownAddress(await store(), digestOf(attempt), Date.now() - keptMs());
}

/** Forgets the origins of longer ago. */
export async function sweepOrigins(): Promise<void> {
  await removeOldAddresses(await store(), Date.now() - keptMs());
}

function digestOf({ login, address }: Attempt): string {
  const key = Buffer.from(hkdfSync('sha256', config().authSecret, '', 'posthorn known address', 32));
  return createHmac('sha256', key)
    .update(JSON.stringify([login.toLowerCase(), networkOf(address)]))
    .digest('base64url');
}
