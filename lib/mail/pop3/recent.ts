import { LRUCache } from 'lru-cache';
import type { Spool } from './spool.ts';

/** Messages read lately, so that opening one and then its attachments does not take it off the server each time. */
const recent = new LRUCache<string, Spool>({
  maxSize: 32 * 1024 * 1024,
  max: 64,
  sizeCalculation: (spool) => spool.memoryBytes + 1,
  ttl: 120_000,
  ttlAutopurge: true,
  dispose: (spool) => spool.close(),
});

const nameOf = (accountId: string, uidl: string) => `${accountId}\n${uidl}`;

export const recentBytes = (accountId: string, uidl: string): Spool | undefined => recent.get(nameOf(accountId, uidl));
export const keepBytes = (accountId: string, uidl: string, spool: Spool) =>
  void recent.set(nameOf(accountId, uidl), spool);
export const forgetBytes = (accountId: string, uidl: string) => void recent.delete(nameOf(accountId, uidl));

/** Lets go of all that is held of an account. */
export function forgetBytesOf(accountId: string): void {
  for (const name of [...recent.keys()]) if (name.startsWith(nameOf(accountId, ''))) recent.delete(name);
}
