import { removeExpiredAnswers } from '../store/idempotency.ts';
import { liveSessionsAmong, removeExpiredSessions } from '../store/session.ts';
import { closeDriversOf, sessionsWithDrivers } from './drivers.ts';
import { sweepOrigins } from './known-address.ts';
import { live } from './live.ts';
import { log } from './log.ts';
import { collectDue } from './schedule.ts';
import { store } from './store.ts';

const everyMs = 60_000;

/** Removes what has expired, and closes the connections of sessions that ended here or in another process. */
export async function sweep(): Promise<void> {
  const opened = await store();
  await removeExpiredSessions(opened, Date.now());
  await removeExpiredAnswers(opened, Date.now());
  await sweepOrigins();
  const holding = sessionsWithDrivers();
  const signedIn = await liveSessionsAmong(opened, holding);
  await Promise.all(holding.filter((id) => !signedIn.has(id)).map((id) => closeDriversOf(id)));
}

/** Sweeps, and collects what is due, every minute, without keeping the process alive for it. */
export function startSweeping(): void {
  live('sweep', () =>
    setInterval(() => {
      sweep().catch((error: unknown) => log.error({ err: error }, 'the sweep failed'));
      collectDue().catch((error: unknown) => log.error({ err: error }, 'the collections by schedule failed'));
    }, everyMs).unref(),
  );
}
