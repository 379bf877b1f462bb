import type { MailLogin } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { Wire } from './wire.ts';

/** So long a session waits for the first request of who has just signed in. */
const waitMs = 15_000;

interface Waiting {
  wire: Wire;
  login: MailLogin;
  timer: NodeJS.Timeout;
}

/** On the process, not on this module: development reloads modules. */
const shared = globalThis as { posthornWaitingSessions?: Map<string, Waiting> };
shared.posthornWaitingSessions ??= new Map();
const waiting = shared.posthornWaitingSessions;

/**
 * Leaves the session that has checked a login to the next request of the same login. Where a server wants time between
 * sign-ins (RFC 2449 §6.5) the person would else be let in and shown nothing until that time is over.
 */
export function leaveSession(maildrop: string, login: MailLogin, wire: Wire): void {
  const end = () => {
    if (waiting.get(maildrop)?.wire === wire) waiting.delete(maildrop);
    const close = () => wire.close(new MailError('cancelled', 'nobody came for the session'));
    wire.quit().then(close, close);
  };
  waiting.set(maildrop, { wire, login, timer: setTimeout(end, waitMs).unref() });
}

/** The session that waits for this very login; null where there is none. */
export function takeSession(maildrop: string, { password }: MailLogin): Wire | null {
  const found = waiting.get(maildrop);
  if (found?.login.password !== password) return null;
  waiting.delete(maildrop);
  clearTimeout(found.timer);
  return found.wire;
}
