import { closePool } from '../mail/open.ts';
import { closeAllDrivers } from './drivers.ts';
import { closeHttpServers } from './http-door.ts';
import { live } from './live.ts';
import { log } from './log.ts';
import { settleSubmissions } from './sending/worker.ts';
import { beginStopping, stopping } from './stopping.ts';
import { closeStore } from './store.ts';

/** Within this time everything is closed, or the process ends without. */
const deadlineMs = 10_000;

/**
 * Ends the process in order at SIGTERM and SIGINT: event streams, then requests under way, then submissions, then
 * connections to mail servers, then the store. Next's own handlers are set aside, for they end the process as soon as HTTP is closed.
 */
export function shutDownOnSignals(): void {
  live('shutdown', () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.removeAllListeners(signal);
      process.on(signal, () => void end(signal));
    }
    return true;
  });
}

async function end(signal: string): Promise<void> {
  if (stopping().aborted) return;
  beginStopping();
  log.info({ signal }, 'shutting down');
  setTimeout(() => {
    log.error('shutting down took too long');
    process.exit(1);
  }, deadlineMs).unref();
  for (const [what, close] of Object.entries({
    closeHttpServers,
    settleSubmissions,
    closePool,
    closeAllDrivers,
    closeStore,
  })) {
    await close().catch((error: unknown) => log.error({ err: error, what }, 'could not be closed'));
  }
  log.info('shut down');
  process.exit(0);
}
