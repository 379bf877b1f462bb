import type { CallOptions } from '../driver.ts';
import { asMailError, MailError, type MailErrorCode } from '../errors.ts';
import type { Pop3Account } from './account.ts';
import { reasonOf } from './connect.ts';
import { keptListing } from './kept-listing.ts';
import { listInbox } from './list-inbox.ts';
import type { Entry } from './listing.ts';
import { loginDelayOf } from './login-delay.ts';
import { type Later, maildropName, withMaildrop } from './session.ts';
import type { Wire } from './wire.ts';

/** What a server that cannot be asked just now says. A refused secret or certificate is the person's to see. */
const passing: readonly MailErrorCode[] = ['unreachable', 'timeout', 'busy', 'throttled'];

/**
 * Checks the Inbox at the server, and does `work` in the same session. Where the server cannot be asked and was before,
 * gives why not: what is known here stands. Throws everything else.
 */
export async function refreshInbox(
  account: Pop3Account,
  options: CallOptions,
  work: (wire: Wire, entries: Entry[], later: Later) => Promise<void> = async () => undefined,
): Promise<MailErrorCode | null> {
  try {
    await withMaildrop(account.access, { signal: options.signal }, async (wire, later) => {
      await work(wire, await listInbox(account, wire), later);
    });
    return null;
  } catch (error) {
    if (!(await isPassing(account, error))) throw error;
    return asMailError(error).code;
  }
}

/** Whether the server could not be asked just now, and was before: what is known here stands. */
export async function isPassing(account: Pop3Account, error: unknown): Promise<boolean> {
  const mayPass = error instanceof MailError && passing.includes(error.code);
  return mayPass && (await account.store.wasListed(account.accountId));
}

/** The server was asked a moment ago and allows no other sign-in yet (RFC 2449 §6.5). */
export const isFresh = (account: Pop3Account): boolean =>
  keptListing(account.accountId) !== undefined && loginDelayOf(maildropName(account.access)) !== 0;

/** What is answered from here alone ends with the sign-in and with the request, as everything does. */
export function checkOpen({ access }: Pop3Account, signal: AbortSignal | undefined): void {
  for (const one of [access.closed, signal]) if (one?.aborted) throw reasonOf(one);
}
