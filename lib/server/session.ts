import { LRUCache } from 'lru-cache';
import { MailError } from '../mail/errors.ts';
import type { LabelColor, Protocol } from '../mail/model.ts';
import { listSessionsOf, readSession, removeSession, touchSession } from '../store/session.ts';
import { type AccountPlace, isAllChosen } from './account-servers.ts';
import { readToken, sessionCookieOf } from './cookie.ts';
import { closeDriversOf } from './drivers.ts';
import { live } from './live.ts';
import { log } from './log.ts';
import { store } from './store.ts';

/**
 * Who a request is from. `username` is the name that signed in; `accounts[0]` is the account it signed in to, the others were
 * added to it. An account's `name` is what its person calls it; empty: nothing but its login.
 */
export interface SignedIn {
  sessionId: string;
  username: string;
  accounts: {
    id: string;
    protocol: Protocol;
    host: string;
    username: string;
    name: string;
    color: LabelColor | null;
    /** Its mail address where the login is another; null: it is the login. */
    address: string | null;
    /** Where its servers are; for account-servers.ts. */
    place: AccountPlace;
  }[];
}

interface Known {
  signedIn: SignedIn;
  expiresAtMs: number;
  lastSeenAtMs: number;
}

/** How long this process may still answer for a session that another process ended. */
const cacheMs = 15_000;
const touchEveryMs = 5 * 60_000;

const known = live('sessions', () => new LRUCache<string, Known>({ max: 10_000, ttl: cacheMs }));
/** Ended a moment ago: an answer of the store that was under way must not bring one back. */
const ended = live('ended sessions', () => new LRUCache<string, true>({ max: 10_000, ttl: 60_000 }));
const halves = live('halves', () => new WeakMap<SignedIn, string>());

/** The sign-in that a request's cookie stands for; null for none, a forged, an expired or an ended one. */
export async function currentSession(request: Request): Promise<SignedIn | null> {
  const cookie = sessionCookieOf(request.headers);
  if (cookie === null) return null;
  const found = known.get(cookie) ?? (await recall(cookie));
  if (found === null || found.expiresAtMs <= Date.now()) return null;
  touch(found);
  return found.signedIn;
}

/** The half key that came with a sign-in's cookie; for mail-for.ts only. */
export function halfOf(signedIn: SignedIn): string {
  const half = halves.get(signedIn);
  if (half === undefined) throw new MailError('unauthenticated', 'this sign-in did not come from a cookie');
  return half;
}

async function recall(cookie: string): Promise<Known | null> {
  const token = await readToken(cookie);
  if (token === null) return null;
  const row = await readSession(await store(), token.sessionId);
  const first = row?.accounts[0];
  if (row === null || first === undefined || ended.has(token.sessionId)) {
    await closeDriversOf(token.sessionId);
    return null;
  }
  const accounts = row.accounts.map(({ id, name, color, address, created_at_ms: _, ...place }) => {
    const { protocol, host, username } = place;
    return {
      id,
      protocol,
      host,
      username,
      name: name ?? '',
      color,
      address: isAllChosen(place) ? address : null,
      place,
    };
  });
  const signedIn: SignedIn = { sessionId: row.id, username: first.username, accounts };
  halves.set(signedIn, token.half);
  const found = { signedIn, expiresAtMs: row.expires_at_ms, lastSeenAtMs: row.last_seen_at_ms };
  known.set(cookie, found);
  return found;
}

/** Writes the time last seen every few minutes, beside the request rather than before it. */
function touch(found: Known): void {
  const now = Date.now();
  if (now - found.lastSeenAtMs < touchEveryMs) return;
  found.lastSeenAtMs = now;
  store()
    .then((opened) => touchSession(opened, found.signedIn.sessionId, now))
    .catch((error: unknown) => log.warn({ err: error }, 'the time last seen could not be written'));
}

/** One place where a person is signed in; dates are ISO 8601 in UTC. */
export interface SessionEntry {
  id: string;
  isCurrent: boolean;
  createdAt: string;
  lastSeenAt: string;
  userAgent: string;
}

/** Where the person is signed in, the last seen first. */
export async function listSessions(signedIn: SignedIn): Promise<SessionEntry[]> {
  const rows = await listSessionsOf(await store(), firstAccountId(signedIn));
  return rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === signedIn.sessionId,
    createdAt: new Date(row.created_at_ms).toISOString(),
    lastSeenAt: new Date(row.last_seen_at_ms).toISOString(),
    userAgent: row.user_agent,
  }));
}

/** Ends one of the person's own sign-ins. Throws `notFound` for any other. */
export async function endSession(signedIn: SignedIn, sessionId: string): Promise<void> {
  const own = await listSessionsOf(await store(), firstAccountId(signedIn));
  if (!own.some((row) => row.id === sessionId)) throw new MailError('notFound', 'no such session of this person');
  await revokeSession(sessionId);
}

/** Ends a sign-in: its row and secrets, what is cached of it, its connections. From here on its cookie is nobody's. */
export async function revokeSession(sessionId: string): Promise<void> {
  ended.set(sessionId, true);
  await removeSession(await store(), sessionId);
  forgetKnown(sessionId);
  await closeDriversOf(sessionId);
}

/** What is known of a sign-in is read again at its next request. */
export function forgetKnown(sessionId: string): void {
  for (const [cookie, { signedIn }] of known.entries()) if (signedIn.sessionId === sessionId) known.delete(cookie);
}

/** One of the person's accounts. Throws `notFound` for any other. */
export function accountOf(signedIn: SignedIn, accountId: string): SignedIn['accounts'][number] {
  const account = signedIn.accounts.find(({ id }) => id === accountId);
  if (account === undefined) throw new MailError('notFound', 'not an account of this session', { detail: accountId });
  return account;
}

/** The account that signed in: what a person's settings and sign-ins are kept under. */
export function firstAccountId(signedIn: SignedIn): string {
  const first = signedIn.accounts[0];
  if (first === undefined) throw new MailError('internal', 'a session has no account');
  return first.id;
}
