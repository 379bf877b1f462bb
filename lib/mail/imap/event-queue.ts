/** Events from many writers, read by one: what `search` yields while several mailboxes are searched. */
export interface EventQueue<T> {
  push(event: T): void;
  /** No more events; a reader that waits is told the error, if any. */
  end(error?: unknown): void;
  /** Waits while more than `bound` events are unread, so that a slow reader holds the writers back. */
  drained(): Promise<void>;
  read(): AsyncGenerator<T, void, undefined>;
}

const bound = 16;

export function createEventQueue<T>(): EventQueue<T> {
  const events: T[] = [];
  let wake: (() => void) | null = null;
  let drain: (() => void)[] = [];
  let ended: { error?: unknown } | null = null;
  const stir = () => {
    wake?.();
    wake = null;
  };
  return {
    push(event) {
      events.push(event);
      stir();
    },
    end(error) {
      ended ??= { error };
      for (const go of drain) go();
      stir();
    },
    drained: () => (events.length < bound || ended ? Promise.resolve() : new Promise((resolve) => drain.push(resolve))),
    async *read() {
      for (;;) {
        const event = events.shift();
        if (event !== undefined) {
          if (events.length < bound) {
            for (const go of drain) go();
            drain = [];
          }
          yield event;
        } else if (ended) {
          if (ended.error !== undefined) throw ended.error;
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
