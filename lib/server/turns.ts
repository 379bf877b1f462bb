import { MailError } from '../mail/errors.ts';

interface Waiter {
  who: string;
  begin: () => void;
}

export interface Turns {
  /**
   * Does `work` when it is this person's turn, first come first served. Throws `throttled` when too many of this person
   * wait already, and what `signal` was aborted with.
   */
  take<T>(who: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** So many things at once for one person and for all; of the rest so many of a person wait. */
export function createTurns(most: { perPerson: number; inAll: number; waiting: number }): Turns {
  const running = new Map<string, number>();
  const queue: Waiter[] = [];
  let inAll = 0;

  const count = (who: string, by: number) => {
    inAll += by;
    const left = (running.get(who) ?? 0) + by;
    if (left > 0) running.set(who, left);
    else running.delete(who);
  };
  const mayBegin = (who: string) => inAll < most.inAll && (running.get(who) ?? 0) < most.perPerson;

  function beginNext(): void {
    for (let at = 0; at < queue.length && inAll < most.inAll; ) {
      const waiter = queue[at];
      if (waiter === undefined || !mayBegin(waiter.who)) {
        at += 1;
        continue;
      }
      queue.splice(at, 1);
      count(waiter.who, 1);
      waiter.begin();
    }
  }

  async function wait(who: string, signal: AbortSignal): Promise<void> {
    if (queue.filter((waiter) => waiter.who === who).length >= most.waiting)
      throw new MailError('throttled', 'too many wait already', { retryAfterMs: 5_000 });
    await new Promise<void>((begin, leave) => {
      const waiter = { who, begin };
      queue.push(waiter);
      signal.addEventListener('abort', () => {
        const at = queue.indexOf(waiter);
        if (at === -1) return;
        queue.splice(at, 1);
        leave(signal.reason);
      });
    });
  }

  return {
    async take(who, signal, work) {
      signal.throwIfAborted();
      if (mayBegin(who)) count(who, 1);
      else await wait(who, signal);
      try {
        return await work();
      } finally {
        count(who, -1);
        beginNext();
      }
    },
  };
}
