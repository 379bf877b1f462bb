import type { PendingChanges } from '../list/pending.ts';

interface Turn {
  ids: ReadonlySet<string>;
  ended: Promise<void>;
}

const turns = new WeakMap<PendingChanges, Set<Turn>>();

/**
 * Waits for the earlier writes about any of these messages: sent at once, over two connections, the later may arrive
 * first ("read" on opening, then "unread"). The next ones wait until what this gives is called.
 */
export async function takeTurn(pending: PendingChanges, ids: readonly string[]): Promise<() => void> {
  const running = turns.get(pending) ?? new Set<Turn>();
  turns.set(pending, running);
  const before = [...running].filter((turn) => ids.some((id) => turn.ids.has(id)));
  let end: () => void = () => undefined;
  const own: Turn = {
    ids: new Set(ids),
    ended: new Promise((resolve) => {
      end = resolve;
    }),
  };
  running.add(own);
  await Promise.all(before.map(({ ended }) => ended));
  return () => {
    running.delete(own);
    end();
  };
}
