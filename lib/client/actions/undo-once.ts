import type { Deed } from './deed.ts';
import type { Undo } from './environment.ts';

/** The Undo of what has been done already; it stands on a button and under a key. */
export function undoOnce(deed: Deed, work: () => Promise<void>): Undo {
  let isUndone = false;
  return {
    takeBack() {
      if (isUndone) return;
      isUndone = true;
      void work();
    },
    deeds: async () => (isUndone ? [] : [deed]),
  };
}
