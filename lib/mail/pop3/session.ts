import { setTimeout as sleep } from 'node:timers/promises';
import type { MailLogin, ServerUrl } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { Trace } from '../trace/trace.ts';
import { reasonOf } from './connect.ts';
import type { TakeLease } from './lease.ts';
import type { Pop3Limits } from './limits.ts';
import { lockMaildrop } from './lock.ts';
import { delayAfter, noteSignIn, shortDelayOf } from './login-delay.ts';
import { noteServer } from './server-seen.ts';
import { leaveSession, takeSession } from './waiting-session.ts';
import { openWire, type Wire } from './wire.ts';

/** Where a maildrop is and how to get in. */
export interface MaildropAccess {
  server: ServerUrl;
  login: MailLogin;
  limits: Pop3Limits;
  /** Aborted when the sign-in ends: every session under way is closed. */
  closed: AbortSignal;
  /** Where other processes may have sessions of the same maildrop. */
  lease?: TakeLease;
  /** Where what is said is told, to whoever listens. */
  trace?: Trace;
}

export interface SessionOptions<T> {
  signal?: AbortSignal | undefined;
  /** `limits.requestMs` by default. */
  deadlineMs?: number;
  /** The work marks messages for deletion: it has happened only when QUIT was answered, so that is waited for. */
  commits?: boolean;
  /** Asked when its turn has come: what it gives is the result, and no session is opened. */
  unless?(): Promise<T | undefined>;
  /** Where the server wants time between sign-ins, the session is not ended but left to the next request. */
  mayBeLeft?: boolean;
}

/** Gives the session a task to do when the caller has its result already, before QUIT. Its failure ends the session only. */
export type Later = (task: () => Promise<void>) => void;

/**
 * Lends one session of the maildrop to `work`, under the process-wide lock of that maildrop, and QUITs. After any failure
 * the connection is closed without QUIT, so that nothing is deleted (RFC 1939 §6). Without `commits` the result does not
 * wait for QUIT's answer; the lock does. Throws what `work`, openWire and lockMaildrop throw, `timeout` at the deadline.
 */
export async function withMaildrop<T>(
  access: MaildropAccess,
  options: SessionOptions<T>,
  work: (wire: Wire, later: Later) => Promise<T>,
): Promise<T> {
  const { limits } = access;
  const turn = createTurn(access.closed, options.signal);
  const name = maildropName(access);
  let release: (() => void) | null = null;
  let wire: Wire | null = null;
  try {
    const unlock = await lockMaildrop(name, limits.waitMs, turn.signal);
    release = unlock;
    const known = await options.unless?.();
    if (known !== undefined) {
      turn.end();
      unlock();
      return known;
    }
    const leave = await access.lease?.(turn.signal, (reason) => wire?.close(reason));
    // Should the database not hear that it is free, its time runs out.
    if (leave) release = () => void leave().then(unlock, unlock);
    turn.setDeadline(options.deadlineMs ?? limits.requestMs);
    const opened = await openPatiently(access, turn.signal);
    wire = opened;
    turn.signal.addEventListener('abort', () => opened.close(reasonOf(turn.signal)));
    if (turn.signal.aborted) throw reasonOf(turn.signal);
    let after = async () => {};
    const result = await work(opened, (task) => {
      after = task;
    });
    turn.ignoreCaller();
    if (options.mayBeLeft && opened.capabilities.loginDelayMs !== null) {
      leaveSession(name, access.login, opened);
      turn.end();
      release();
      return result;
    }
    const end = endSession(opened, after, turn, release);
    if (options.commits) await end;
    // Nothing was marked: however the session ended, the maildrop is as it was.
    else end.catch(() => undefined);
    return result;
  } catch (error) {
    wire?.close(new MailError('cancelled', 'the request failed'));
    turn.end();
    release?.();
    throw error;
  }
}

/** Another client's session is often over in a moment, and some servers let go of the lock only after QUIT was answered. */
const retryMs = [250, 750];

/** Takes the session that waits, or waits where the server wants time between sign-ins, and tries again where the maildrop is in use elsewhere. */
async function openPatiently(access: MaildropAccess, signal: AbortSignal): Promise<Wire> {
  const name = maildropName(access);
  const left = takeSession(name, access.login);
  if (left) return left;
  const { patienceMs } = access.limits;
  await pause(shortDelayOf(name, patienceMs), signal);
  for (let tries = 0; ; tries += 1) {
    try {
      const wire = await openWire(access.server, access.login, access.limits, signal, access.trace?.connection());
      noteSignIn(name, wire.capabilities.loginDelayMs);
      noteServer(name, wire);
      return wire;
    } catch (error) {
      if (!(error instanceof MailError)) throw error;
      const waitMs = error.code === 'busy' ? retryMs[tries] : tries === 0 ? delayAfter(error, patienceMs) : undefined;
      if (waitMs === undefined) throw error;
      await pause(waitMs, signal);
    }
  }
}

/** Waits so long, and for nothing once the sign-in or the caller has ended. */
export async function waitFor(ms: number, { closed }: MaildropAccess, caller: AbortSignal): Promise<void> {
  const turn = createTurn(closed, caller);
  try {
    await pause(ms, turn.signal);
  } finally {
    turn.end();
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0) return;
  await sleep(ms, undefined, { signal }).catch(() => {
    throw reasonOf(signal);
  });
}

/** What our process-wide lock goes by. */
export const maildropName = ({ server, login }: MaildropAccess): string =>
  `${server.host}\n${server.port}\n${login.username}`;

async function endSession(wire: Wire, after: () => Promise<void>, turn: Turn, release: () => void): Promise<void> {
  try {
    await after();
    await wire.quit();
  } finally {
    wire.close(new MailError('cancelled', 'the session is over'));
    turn.end();
    release();
  }
}

interface Turn {
  signal: AbortSignal;
  setDeadline(ms: number): void;
  /** The caller has what it wanted; from here on it cannot break off what it would not hear of. */
  ignoreCaller(): void;
  end(): void;
}

/** One signal of its own for a request: either signal, or the deadline. Not AbortSignal.any: it leaks on long-lived ones in Node 20. */
function createTurn(closed: AbortSignal, caller: AbortSignal | undefined): Turn {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const follow = (signal: AbortSignal) => {
    const onAbort = () => controller.abort(reasonOf(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
    return () => signal.removeEventListener('abort', onAbort);
  };
  const ignoreClosed = follow(closed);
  const ignoreCaller = caller ? follow(caller) : () => undefined;
  return {
    signal: controller.signal,
    setDeadline(ms) {
      timer = setTimeout(() => controller.abort(new MailError('timeout', 'the request took too long')), ms);
    },
    ignoreCaller,
    end() {
      clearTimeout(timer);
      ignoreClosed();
      ignoreCaller();
    },
  };
}
