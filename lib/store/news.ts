/**
 * Word from process to process of one database that something of an account has changed. It is worth a look and nothing
 * more: what is told while nobody can be reached is lost.
 */
export interface News {
  tell(accountId: string): Promise<void>;
  /** Calls `onWord` whenever it is told of this account, or was out of reach, until `signal` aborts. */
  hear(accountId: string, onWord: () => void, signal: AbortSignal): void;
  close(): Promise<void>;
}

/** Of a file, which one process has for itself. */
export function createLocalNews(): News {
  const hearers = createHearers();
  return { tell: async (accountId) => hearers.call(accountId), hear: hearers.add, close: async () => undefined };
}

/** Who listens, by account. */
export function createHearers() {
  const byAccount = new Map<string, Set<() => void>>();
  return {
    add(accountId: string, onWord: () => void, signal: AbortSignal): void {
      if (signal.aborted) return;
      const hearers = byAccount.get(accountId) ?? new Set();
      byAccount.set(accountId, hearers.add(onWord));
      signal.addEventListener('abort', () => {
        hearers.delete(onWord);
        if (hearers.size === 0 && byAccount.get(accountId) === hearers) byAccount.delete(accountId);
      });
    },
    call(accountId: string): void {
      for (const onWord of byAccount.get(accountId) ?? []) onWord();
    },
    callAll(): void {
      for (const hearers of byAccount.values()) for (const onWord of hearers) onWord();
    },
  };
}
