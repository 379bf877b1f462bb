import type { CallOptions } from '../driver.ts';
import { asMailError, MailError, type MailErrorCode } from '../errors.ts';
import type { Pop3Account } from './account.ts';
import { reasonOf } from './connect.ts';
import { keptListing, moment, wasListedSince } from './kept-listing.ts';
import { listInbox } from './list-inbox.ts';
import type { Entry } from './listing.ts';
import { loginDelayOf } from './login-delay.ts';
import { type Later, maildropName, withMaildrop } from './session.ts';
import type { Wire } from './wire.ts';

/** What a server that cannot be asked just now says. A refused secret or certificate is the person's to see. */
const passing: readonly MailErrorCode[] = ['unreachable', 'timeout', 'busy', 'throttled'];

/** What is to be done in the session of a listing. */
export interface Refreshing {
  work(wire: Wire, entries: Entry[], later: Later): Promise<void>;
  /** Whether there is nothing of it to do as far as the server was listed. */
  isDone(): Promise<boolean>;
}

/**
 * Checks the Inbox at the server, and does what is to be done in the same session. A listing that another request began
 * after this one came is as good as its own. Where the server cannot be asked and was before, gives why not: what is known
 * here stands. Throws everything else.
 */
export async function refreshInbox(
  account: Pop3Account,
  options: CallOptions,
  { work, isDone }: Refreshing,
): Promise<MailErrorCode | null> {
  const cameAt = moment();
  const unless = async () => (wasListedSince(account.accountId, cameAt) && (await isDone()) ? true : undefined);
  try {
    await withMaildrop(account.access, { signal: options.signal, unless }, async (wire, later): Promise<true> => {
      await work(wire, await listInbox(account, wire), later);
      return true;
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
