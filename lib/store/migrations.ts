import { type Kysely, type Migration, Migrator } from 'kysely';
import { MailError } from '../mail/errors.ts';
import type { Dialect } from './dialect.ts';
import { createAccounts } from './migrations/0001-accounts.ts';
import { createMaildrop } from './migrations/0002-maildrop.ts';
import { createBounds } from './migrations/0003-bounds.ts';
import { createLocalMailboxes } from './migrations/0004-local-mailboxes.ts';
import { createContents } from './migrations/0005-contents.ts';
import { createSchedule } from './migrations/0006-schedule.ts';
import { createMessageText } from './migrations/0007-message-text.ts';
import { createThreads } from './migrations/0008-threads.ts';
import { createThreadOrder } from './migrations/0009-thread-order.ts';
import { createListedAs } from './migrations/0010-listed-as.ts';
import { createRemoteImages } from './migrations/0011-remote-images.ts';
import { createSubmissions } from './migrations/0012-submissions.ts';
import { createPeople } from './migrations/0013-people.ts';
import { createSmallContents } from './migrations/0014-small-contents.ts';
import { createPersonAccounts } from './migrations/0015-person-accounts.ts';
import { createChosenServers } from './migrations/0016-chosen-servers.ts';
import type { Tables } from './schema.ts';

/** One change of the schema. All that are due run in one transaction: done or not begun. */
export type Step = (db: Kysely<unknown>, dialect: Dialect) => Promise<void>;

/** Every step in order, by a name that never changes once released. */
export const allSteps: Record<string, Step> = {
  '0001-accounts': createAccounts,
  '0002-maildrop': createMaildrop,
  '0003-bounds': createBounds,
  '0004-local-mailboxes': createLocalMailboxes,
  '0005-contents': createContents,
  '0006-schedule': createSchedule,
  '0007-message-text': createMessageText,
  '0008-threads': createThreads,
  '0009-thread-order': createThreadOrder,
  '0010-listed-as': createListedAs,
  '0011-remote-images': createRemoteImages,
  '0012-submissions': createSubmissions,
  '0013-people': createPeople,
  '0014-small-contents': createSmallContents,
  '0015-person-accounts': createPersonAccounts,
  '0016-chosen-servers': createChosenServers,
};

/** Brings the database to the newest schema; several processes may start at once. Throws `internal` with the step's name. */
export async function migrate(db: Kysely<Tables>, dialect: Dialect, steps = allSteps): Promise<void> {
  const migrations = Object.fromEntries(
    Object.entries(steps).map(([name, up]): [string, Migration] => [name, { up: (on) => up(on, dialect) }]),
  );
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first step';
  throw new MailError('internal', `the database could not be migrated (${failed})`, { cause: error });
}
