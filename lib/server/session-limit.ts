import { sessionsPast } from '../store/session.ts';
import { config } from './config.ts';
import { log } from './log.ts';
import { revokeSession } from './session.ts';
import { store } from './store.ts';

/**
 * Ends what a person has beyond SESSIONS_PER_PERSON sign-ins, those that were seen the longest ago, with the connections
 * of each. Whoever knows the password could otherwise hold any number of rows here and of connections at the mail server.
 */
export async function endOldestSessions(accountId: string): Promise<void> {
  const ending = await sessionsPast(await store(), accountId, config().sessionsPerPerson);
  for (const sessionId of ending) await revokeSession(sessionId);
  if (ending.length > 0) log.info({ accountId, ended: ending.length }, 'the oldest sign-ins of a person have ended');
}
