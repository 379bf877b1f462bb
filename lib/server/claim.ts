import type { Store } from '../store/database.ts';
import { extendClaim, type IdempotencyPlace } from '../store/idempotency.ts';
import { log } from './log.ts';

/**
 * Does `work` and holds the key of it meanwhile, however long it takes: a process that lives extends its claim three
 * times before it would end, one that has died lets it end after `claimMs`.
 */
export async function withClaim<T>(
  opened: Store,
  place: IdempotencyPlace,
  claimMs: number,
  work: () => Promise<T>,
): Promise<T> {
  let extending = Promise.resolve();
  const timer = setInterval(() => {
    extending = extending
      .then(() => extendClaim(opened, place, Date.now() + claimMs))
      .catch((error: unknown) => log.error({ err: error }, 'the claim of a running write could not be extended'));
  }, claimMs / 4);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    // One under way must not end after the answer is kept, and shorten the time that it is kept for.
    await extending;
  }
}
