import { setImmediate as turn } from 'node:timers/promises';

/** Work goes on no longer than this before others have their turn. */
const maxHeldMs = 5;

/** Gives what long work awaits between its steps: nothing, or the next turn of the process once it has had it for 5 ms. */
export function createTurns(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < maxHeldMs) return undefined;
    return turn().then(() => {
      since = performance.now();
    });
  };
}
