import { Readable } from 'node:stream';
import type { MaildropContents } from '../mail/pop3/contents-store.ts';
import { createFileContents } from './contents-files.ts';
import { createRowContents } from './contents-rows.ts';
import { createSmallContents } from './contents-small.ts';
import { createSweepTurns, forgetDeleted } from './contents-sweep.ts';
import type { Store } from './database.ts';

/**
 * Where an installation keeps the bytes of messages: small ones that were collected as rows beside what was recorded of
 * them, all others with DATABASE_URL in the database too, else as files in `dataDir`.
 */
export function createMaildropContents(
  where: { dataDir: string; databaseUrl: string | null },
  open: () => Promise<Pick<Store, 'db'>>,
  now = Date.now,
): MaildropContents {
  const small = createSmallContents(open, now);
  const large =
    where.databaseUrl === null ? createFileContents(where.dataDir, open, now) : createRowContents(open, now);
  const turns = createSweepTurns(now);
  return {
    put: large.put,
    open: (accountId, hash) =>
      Readable.from(
        (async function* () {
          const isSmall = (await small.sizeOf(accountId, hash)) !== null;
          yield* (isSmall ? small : large).open(accountId, hash);
        })(),
        { objectMode: false },
      ),
    sizeOf: async (accountId, hash) => (await small.sizeOf(accountId, hash)) ?? (await large.sizeOf(accountId, hash)),
    async remove(accountId, hash) {
      await small.remove(accountId, hash);
      await large.remove(accountId, hash);
    },
    async sweep(accountId) {
      if (!turns.isDue(accountId, await forgetDeleted((await open()).db, accountId, now()))) return 0;
      return (await small.sweep(accountId)) + (await large.sweep(accountId));
    },
  };
}
