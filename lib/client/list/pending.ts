/** A change that the person has made and the server has not answered. `stamp` orders changes and names this one. */
export type PendingChange = { stamp: number; ids: ReadonlySet<string> } & (
  | { kind: 'remove' }
  | { kind: 'keywords'; add: readonly string[]; remove: readonly string[] }
);

/** A change before it has its stamp. */
export type Change = PendingChange extends infer C ? (C extends PendingChange ? Omit<C, 'stamp'> : never) : never;

/** That these messages go. */
export const removal = (ids: readonly string[]): Change => ({ kind: 'remove', ids: new Set(ids) });

/** Changes under way, as the lists show them. */
export interface ShownChanges {
  get(): readonly PendingChange[];
  subscribe(listener: () => void): () => void;
}

/** The changes under way of one account, shown in every list that holds their messages. */
export interface PendingChanges extends ShownChanges {
  /** Shows a change at once and gives its stamp. */
  add(change: Change): number;
  /** Ends a change: committed, refused or undone. The committed lists are told by whoever ends it. */
  end(stamp: number): void;
  /** Lets go of some of its messages: those that the server refused. */
  release(stamp: number, ids: ReadonlySet<string>): void;
  /** Shows exactly these messages as before, whatever removes them: for an undo that does not wait. */
  reveal(ids: readonly string[]): void;
}

/** An empty set of changes; the stamps are unique in it. */
export function createPendingChanges(): PendingChanges {
  let changes: readonly PendingChange[] = [];
  let lastStamp = 0;
  const listeners = new Set<() => void>();
  const replace = (next: readonly PendingChange[]) => {
    changes = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => changes,
    add(change) {
      lastStamp += 1;
      replace([...changes, { ...change, stamp: lastStamp } as PendingChange]);
      return lastStamp;
    },
    end: (stamp) => replace(changes.filter((change) => change.stamp !== stamp)),
    release(stamp, ids) {
      const keep = (change: PendingChange): PendingChange =>
        change.stamp === stamp ? { ...change, ids: new Set([...change.ids].filter((id) => !ids.has(id))) } : change;
      replace(changes.map(keep));
    },
    reveal(ids) {
      const hidden = new Set(ids);
      replace(changes.filter((change) => change.kind !== 'remove' || ![...change.ids].every((id) => hidden.has(id))));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
