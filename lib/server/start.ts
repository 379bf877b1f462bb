import { MailError } from '../mail/errors.ts';
import { type Config, config } from './config.ts';
import { doubtsOf } from './config-doubts.ts';
import { watchHttpDoor } from './http-door.ts';
import { log } from './log.ts';
import { wakeSubmissions } from './sending/worker.ts';
import { shutDownOnSignals } from './shutdown.ts';
import { store } from './store.ts';
import { startSweeping } from './sweep.ts';

/**
 * Readies the process before the first request, or ends it: a missing or wrong configuration and a database that does
 * not open are told on standard error, all faults at once, with exit status 1.
 */
export async function start(): Promise<void> {
  const read = configOrExit();
  log.level = read.logLevel;
  // next-auth builds its addresses from this variable, and from nothing that a request says.
  process.env.NEXTAUTH_URL = read.url.origin;
  watchHttpDoor(read.trustedProxies);
  if (process.env.NODE_ENV === 'production') shutDownOnSignals();
  await store().catch((error: unknown) => {
    log.fatal({ err: error }, 'the database cannot be opened');
    process.exit(1);
  });
  startSweeping();
  wakeSubmissions();
  for (const doubt of doubtsOf(read)) log.warn(doubt);
}

function configOrExit(): Config {
  try {
    return config();
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const faults = (error.detail ?? error.message).split('\n').map((fault) => `  - ${fault}`);
    process.stderr.write(`Posthorn cannot start. Please mend its configuration:\n${faults.join('\n')}\n`);
    process.exit(1);
  }
}
