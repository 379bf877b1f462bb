import { MailError } from '../errors.ts';
import { reasonOf } from './connect.ts';

interface Waiting {
  start(): void;
}

/** On the process, not on this module: development reloads modules, and a maildrop has one turn at a time all the same. */
const shared = globalThis as { posthornMaildrops?: Map<string, Waiting[]> };
shared.posthornMaildrops ??= new Map();
const held = shared.posthornMaildrops;

/**
 * Waits for the maildrop `name`, first come first served, and gives the function that lets go of it. Throws `busy` after
 * `waitMs`, or the reason of `signal`. POP3 locks a maildrop for the session (RFC 1939 §4), so one process takes turns.
 */
export function lockMaildrop(name: string, waitMs: number, signal: AbortSignal): Promise<() => void> {
  const queue = held.get(name);
  if (!queue) {
    held.set(name, []);
    return Promise.resolve(once(() => release(name)));
  }
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const leave = (reason: MailError) => {
      settle();
      queue.splice(queue.indexOf(waiting), 1);
      reject(reason);
    };
    const waiting: Waiting = {
      start() {
        settle();
        resolve(once(() => release(name)));
      },
    };
    const onAbort = () => leave(reasonOf(signal));
    const timer = setTimeout(
      () => leave(new MailError('busy', 'the maildrop is in use by another request', { retryAfterMs: 5_000 })),
      waitMs,
    );
    queue.push(waiting);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}

/** Whether another request waits for the maildrop: long work then makes room and queues again. */
export const isMaildropWanted = (name: string): boolean => (held.get(name)?.length ?? 0) > 0;

function release(name: string): void {
  const next = held.get(name)?.shift();
  if (next) next.start();
  else held.delete(name);
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
