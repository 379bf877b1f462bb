/** Carries items from work that runs by itself to an iteration. */
export interface Channel<T> {
  push(item: T): void;
  end(): void;
  /** The iteration throws `error` once it has given what was pushed before. */
  fail(error: unknown): void;
  items(): AsyncGenerator<T>;
}

export function createChannel<T>(): Channel<T> {
  const waiting: T[] = [];
  let ending: { error: unknown } | 'done' | null = null;
  let wake = () => {};
  return {
    push(item) {
      waiting.push(item);
      wake();
    },
    end() {
      ending ??= 'done';
      wake();
    },
    fail(error) {
      ending ??= { error };
      wake();
    },
    async *items() {
      for (;;) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (ending === 'done') return;
        if (ending !== null) throw ending.error;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
