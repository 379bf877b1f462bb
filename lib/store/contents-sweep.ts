import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** What no message names stays for so long: a message just stored is recorded a moment later, and a delete can be undone. */
export const unnamedMs = 3_600_000;

/**
 * Lets go of what was deleted more than an hour ago: a message that was only here goes wholly; of one that the server
 * lists, or may list again, the row stays without its bytes, so that it does not come back. What is still to be removed
 * from the server keeps its bytes until then: by them it is told from another message under the same unique-id.
 */
export async function forgetDeleted(db: Kysely<Tables>, accountId: string, now: number): Promise<void> {
  const deletedBefore = now - unnamedMs;
  await db
    .deleteFrom('maildrop_message')
    .where('account_id', '=', accountId)
    .where('is_own', '=', 1)
    .where('deleted_at_ms', '<', deletedBefore)
    .execute();
  await db
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
    .execute();
}

/** The hashes that the account's messages name. */
export async function namedContents(db: Kysely<Tables>, accountId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('maildrop_message')
    .select('content')
    .distinct()
    .where('account_id', '=', accountId)
    .where('content', 'is not', null)
    .execute();
  return new Set(rows.flatMap(({ content }) => (content === null ? [] : [content])));
}
