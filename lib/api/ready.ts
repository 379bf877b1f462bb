import { sql } from 'kysely';
import { log } from '../server/log.ts';
import { store } from '../server/store.ts';

/** Whether the store answers; why not goes to the log. */
export async function isReady(): Promise<boolean> {
  try {
    const { db } = await store();
    await sql`select 1`.execute(db);
    return true;
  } catch (error) {
    log.error({ err: error }, 'the store does not answer');
    return false;
  }
}
