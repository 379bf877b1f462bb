import type { ImapFlow } from 'imapflow';
import type { MailLogin, ServerUrl } from '../driver.ts';
import type { MailError } from '../errors.ts';
import type { MailboxChange } from '../model.ts';
import type { Trace } from '../trace/trace.ts';
import type { ImapLog } from './connect.ts';
import type { Memory } from './memory.ts';

/** How many connections, and for how long. `Ms` is milliseconds. */
export interface PoolLimits {
  perAccount: number;
  perHost: number;
  perProcess: number;
  /** A connection that nobody used for so long is closed. */
  idleMs: number;
  /** How long a request waits for a connection before it is told `busy`. */
  acquireMs: number;
  /** How long a request waits for a connection in use before another one is opened for it. */
  growMs: number;
  connectMs: number;
  /** Quiet time on a selected mailbox before IDLE begins. */
  idleDelayMs: number;
}

export const defaultLimits: PoolLimits = {
  perAccount: 4,
  perHost: 500,
  perProcess: 1000,
  idleMs: 5 * 60_000,
  acquireMs: 15_000,
  growMs: 30,
  connectMs: 10_000,
  idleDelayMs: 1000,
};

/** Whose connections: one sign-in's view of one account. Never the user name alone. */
export interface PoolKey {
  sessionId: string;
  accountId: string;
}

export interface AccountOptions {
  key: PoolKey;
  server: ServerUrl;
  login: MailLogin;
  limits?: Partial<PoolLimits> | undefined;
  log?: ImapLog | undefined;
}

/** One signed-in connection. */
export interface Held {
  client: ImapFlow;
  account: Account;
  isBusy: boolean;
  /** False until it served once: a fresh one may take a retry. */
  isUsed: boolean;
  lastUsedAt: number;
  /** The mailbox that it watches while nobody needs it. */
  watches: string | null;
  /** It tells of every mailbox of the person's own (NOTIFY), and this is what it said last. */
  notified: Notified | null;
  /** Mail came into the selected mailbox, and its UIDNEXT is of before. */
  hasArrivals: boolean;
  /** Counts what it selected, and what came into that or left it: the same number, the same messages. */
  changes: number;
}

/** What STATUS told last of each mailbox, by item (RFC 9051 §7.3.4). */
export type Notified = Map<string, Map<string, string>>;

export interface Wish {
  path: string | null;
  /** Only a connection opened from now on: the last one was lost under the request. */
  isFresh: boolean;
  signal?: AbortSignal | undefined;
}

export interface Waiter extends Wish {
  since: number;
  deadline: NodeJS.Timeout;
  resolve(held: Held): void;
  reject(error: MailError): void;
}

/** Which keywords a mailbox can keep, as its SELECT told (PERMANENTFLAGS and READ-ONLY, RFC 9051 §7.1). */
export interface Keeping {
  maySet: boolean;
  mayMake: boolean;
}

/** What the pool knows of one sign-in's account. */
export interface Account {
  id: string;
  key: PoolKey;
  server: ServerUrl;
  login: MailLogin;
  limits: PoolLimits;
  log: ImapLog | undefined;
  trace: Trace;
  held: Set<Held>;
  opening: number;
  queue: Waiter[];
  grow: NodeJS.Timeout | null;
  /** The login worked once: more connections may be opened at the same time. */
  isKnownGood: boolean;
  failures: number;
  blockedUntil: number;
  lastError: MailError | null;
  isClosed: boolean;
  lastUsedAt: number;
  memory: Memory;
  /** By the path of what was selected before. */
  keeping: Map<string, Keeping>;
  watched: Map<string, number>;
  listeners: Set<(change: MailboxChange) => void>;
  /** Told when folders have come, gone or been renamed, or may have. */
  mailboxListeners: Set<() => void>;
  /** NOTIFY is not asked for before this time. */
  notifyAfter: number;
  /** Told of every connection that comes back, and of every one that closed. */
  returned: Set<(held: Held) => void>;
  gone: Set<(held: Held) => void>;
}

/** The pool of the process, as plain numbers. */
export interface PoolStatus {
  open: number;
  idle: number;
  waiting: number;
  opened: number;
  closed: number;
  failed: number;
}
