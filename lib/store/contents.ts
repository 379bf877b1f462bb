import type { MaildropContents } from '../mail/pop3/contents-store.ts';
import { createFileContents } from './contents-files.ts';
import { createRowContents } from './contents-rows.ts';
import type { Store } from './database.ts';

/** Where an installation keeps the bytes of messages: with DATABASE_URL in the database, else as files in `dataDir`. */
export function createMaildropContents(
  where: { dataDir: string; databaseUrl: string | null },
  open: () => Promise<Pick<Store, 'db'>>,
  now = Date.now,
): MaildropContents {
  return where.databaseUrl === null ? createFileContents(where.dataDir, open, now) : createRowContents(open, now);
}
