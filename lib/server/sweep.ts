import { sweepOrphans } from '../store/contents-orphans.ts';
import { removeExpiredAnswers } from '../store/idempotency.ts';
import { liveSessionsAmong, removeExpiredSessions } from '../store/session.ts';
import { config } from './config.ts';
import { closeDriversOf, sessionsWithDrivers } from './drivers.ts';
import { sweepOrigins } from './known-address.ts';
import { live } from './live.ts';
import { log } from './log.ts';
import { sweepContacts } from './people/contacts.ts';
import { collectDue } from './schedule.ts';
import { sweepOutgoing } from './sending/sweep.ts';
import { store } from './store.ts';

const everyMs = 60_000;
const hourMs = 3_600_000;

/** Removes what has expired, and closes the connections of sessions that ended here or in another process. */
export async function sweep(): Promise<void> {
  const opened = await store();
  await removeExpiredSessions(opened, Date.now());
  await removeExpiredAnswers(opened, Date.now());
  await sweepOrigins();
  await sweepOutgoing();
  await sweepContacts();
  await sweepMessages();
  const holding = sessionsWithDrivers();
  const signedIn = await liveSessionsAmong(opened, holding);
  await Promise.all(holding.filter((id) => !signedIn.has(id)).map((id) => closeDriversOf(id)));
}

const orphans = live('orphans', () => ({ sweptAt: Number.NEGATIVE_INFINITY }));

/** The files of accounts that are gone, once an hour; a database takes its own rows with the account. */
async function sweepMessages(): Promise<void> {
  if (config().databaseUrl !== null || Date.now() - orphans.sweptAt < hourMs) return;
  orphans.sweptAt = Date.now();
  const { marked, removed } = await sweepOrphans(config().dataDir, await store(), Date.now());
  if (marked > 0) log.warn({ marked }, 'kept mail of accounts that the database does not know: removed in 30 days');
  if (removed > 0) log.info({ removed }, 'kept mail of accounts that are gone was removed');
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
