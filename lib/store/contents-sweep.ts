import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** What no message names stays for so long: a message just stored is recorded a moment later, and a delete can be undone. */
export const unnamedMs = 3_600_000;

/** What a crash left behind is looked for no more often than this. */
const wholeMs = 24 * 3_600_000;

/**
 * Whether the bytes of an account are to be looked through: what it has kept in years is read for that. They are once in
 * the life of a process, then where a message has let go of its bytes, else once a day.
 */
export function createSweepTurns(now: () => number): { isDue(accountId: string, forgotten: number): boolean } {
  const lastAt = new Map<string, number>();
  return {
    isDue(accountId, forgotten) {
      if (forgotten === 0 && now() - (lastAt.get(accountId) ?? Number.NEGATIVE_INFINITY) < wholeMs) return false;
      lastAt.set(accountId, now());
      return true;
    },
  };
}

/**
 * Lets go of what was deleted more than an hour ago: a message that was only here goes wholly; of one that the server
 * lists, or may list again, the row stays without its bytes, so that it does not come back. What is still to be removed
 * from the server keeps its bytes until then: by them it is told from another message under the same unique-id. Gives how
 * many messages let go.
 */
export async function forgetDeleted(db: Kysely<Tables>, accountId: string, now: number): Promise<number> {
  const deletedBefore = now - unnamedMs;
  const { numDeletedRows } = await db
    .deleteFrom('maildrop_message')
    .where('account_id', '=', accountId)
    .where('is_own', '=', 1)
    .where('deleted_at_ms', '<', deletedBefore)
    .executeTakeFirst();
  const { numUpdatedRows } = await db
    .updateTable('maildrop_message')
    .set({ content: null, collected_at_ms: null })
    .where('account_id', '=', accountId)
    .where('content', 'is not', null)
    .where('deleted_at_ms', '<', deletedBefore)
    .where((where) =>
      where.or([
        where('missing_since_ms', 'is not', null),
        where.not(
          where.exists(
            where
              .selectFrom('maildrop')
              .select('maildrop.account_id')
              .where('maildrop.account_id', '=', accountId)
              .where('maildrop.retention', '<>', 'leave'),
          ),
        ),
      ]),
    )
    .executeTakeFirst();
  return Number(numDeletedRows + numUpdatedRows);
}

/** Whether any of them is `hash`. */
export async function isNamed(db: Kysely<Tables>, accountId: string, hash: string): Promise<boolean> {
  const named = await db
    .selectFrom(namedContents(db, accountId).as('named'))
    .select('content')
    .where('content', '=', hash)
    .executeTakeFirst();
  return named !== undefined;
}

/** The hashes that the account's messages name: those that are kept, on their way out, or waiting to go with one. */
export function namedContents(db: Kysely<Tables>, accountId: string) {
  return db
    .selectFrom('maildrop_message')
    .select('content')
    .where('account_id', '=', accountId)
    .where('content', 'is not', null)
    .union(db.selectFrom('upload').select('content').where('account_id', '=', accountId))
    .union(
      db.selectFrom('submission').select('content').where('account_id', '=', accountId).where('state', '<>', 'filed'),
    );
}
