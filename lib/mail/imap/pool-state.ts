import type { Account } from './pool-types.ts';

interface Pool {
  accounts: Map<string, Account>;
  /** Connections that a server allows one user, learned when it refused one more. */
  learned: Map<string, { limit: number; until: number }>;
  counts: { opened: number; closed: number; failed: number };
  observers: Set<(waitedMs: number) => void>;
  sweeper: NodeJS.Timeout | null;
}

const slot = Symbol.for('posthorn.imap.pool');

/** The pool of this process. It hangs on globalThis, since a development server loads modules again and again. */
export function pool(): Pool {
  const globals = globalThis as { [slot]?: Pool };
  globals[slot] ??= {
    accounts: new Map(),
    learned: new Map(),
    counts: { opened: 0, closed: 0, failed: 0 },
    observers: new Set(),
    sweeper: null,
  };
  return globals[slot];
}
