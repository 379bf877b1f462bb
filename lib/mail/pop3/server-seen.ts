import { LRUCache } from 'lru-cache';
import type { MaildropReport } from '../model.ts';
import type { Wire } from './wire.ts';

/** How the last sign-in to each maildrop went, in this process. */
const seen = new LRUCache<string, NonNullable<MaildropReport['server']>>({ max: 1_000 });

export function noteServer(maildrop: string, { signedInBy, capabilities }: Wire): void {
  const { words, expireDays, loginDelayMs } = capabilities;
  seen.set(maildrop, { signedInBy, capabilities: [...words], expireDays, loginDelayMs });
}

/** Null before the first sign-in. */
export const serverSeen = (maildrop: string): MaildropReport['server'] => seen.get(maildrop) ?? null;
