import type { TestStore } from '../../store/testing/databases.ts';
import { forget } from '../live.ts';
import { log } from '../log.ts';
import { closeStore } from '../store.ts';

export const testSecret = 'a secret of the tests, long enough';

/** Makes this process an installation of Posthorn on an empty database, as its environment says. */
export async function install(
  database: { open(): Promise<TestStore> },
  environment: Record<string, string>,
): Promise<{ database: TestStore; remove(): Promise<void> }> {
  const opened = await database.open();
  const given: Record<string, string> = {
    AUTH_SECRET: testSecret,
    AUTH_URL: 'http://localhost:3000',
    MAIL_IMAP: 'imaps://imap.invalid',
    DATA_DIR: opened.where.dataDir,
    ...(opened.where.databaseUrl === null ? {} : { DATABASE_URL: opened.where.databaseUrl }),
    ...environment,
  };
  const before = { ...process.env };
  Object.assign(process.env, given);
  forget('config');
  forget('throttle');
  forget('contents');
  log.level = 'silent';
  return {
    database: opened,
    async remove() {
      await closeStore();
      for (const name of Object.keys(given)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
      forget('config');
      await opened.stop();
    },
  };
}
