/** Items from work that runs by itself, one writer or many, read by one iteration: what `search` yields. */
export interface Channel<T> {
  push(item: T): void;
  /** No more items; once those before are read, the reader is told the error, if any. */
  end(error?: unknown): void;
  /** Waits while many items are unread, so that a slow reader holds the writers back. */
  drained(): Promise<void>;
  items(): AsyncGenerator<T, void, undefined>;
}

const bound = 16;

export function createChannel<T>(): Channel<T> {
  const unread: T[] = [];
  let ended: { error?: unknown } | null = null;
  let wake = () => {};
  const drain: (() => void)[] = [];
  const letWritersGo = () => {
    for (const go of drain.splice(0)) go();
  };
  return {
    push(item) {
      unread.push(item);
      wake();
    },
    end(error) {
      ended ??= { error };
      letWritersGo();
      wake();
    },
    drained: () => (unread.length < bound || ended ? Promise.resolve() : new Promise((resolve) => drain.push(resolve))),
    async *items() {
      for (;;) {
        const item = unread.shift();
        if (item !== undefined) {
          if (unread.length < bound) letWritersGo();
          yield item;
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
