import { LRUCache } from 'lru-cache';
import { inTime } from '../in-time.ts';
import { live } from '../live.ts';

/** So long all wait for one account. */
const patienceMs = 4_000;
/** So long for one that was late within the last minute: its answer goes on in the meantime. */
const shortMs = 300;
const rememberedMs = 60_000;

const late = live('late accounts', () => new LRUCache<string, true>({ max: 10_000, ttl: rememberedMs }));

/** What `work` of one account gives, if it does not keep the others waiting. Throws `timeout`. */
export async function patiently<T>(sessionId: string, accountId: string, work: Promise<T>): Promise<T> {
  const key = `${sessionId} ${accountId}`;
  work.then(
    () => late.delete(key),
    () => undefined,
  );
  const answered = work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  const outcome = await inTime(answered, late.has(key) ? shortMs : patienceMs).catch((error: unknown) => {
    late.set(key, true);
    throw error;
  });
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}
