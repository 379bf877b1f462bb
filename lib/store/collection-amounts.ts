import { type Kysely, sql } from 'kysely';
import type { CollectionStore } from '../mail/pop3/collection-store.ts';
import type { Tables } from './schema.ts';

/** How much of an account is on the server as last listed, how much is kept here, and how much is nowhere else. */
export async function readAmounts(db: Kysely<Tables>, accountId: string): ReturnType<CollectionStore['amounts']> {
  const isOnServer = sql<boolean>`is_own = 0 and missing_since_ms is null`;
  const isHere = sql<boolean>`content is not null and deleted_at_ms is null`;
  const count = (is: typeof isHere) => sql<number>`coalesce(sum(case when ${is} then 1 else 0 end), 0)`;
  const bytes = (is: typeof isHere) => sql<number>`coalesce(sum(case when ${is} then size_bytes else 0 end), 0)`;
  const row = await db
    .selectFrom('maildrop_message')
    .select([
      count(isOnServer).as('server_count'),
      bytes(isOnServer).as('server_bytes'),
      count(isHere).as('here_count'),
      bytes(isHere).as('here_bytes'),
      count(sql<boolean>`${isHere} and not (${isOnServer})`).as('only_here'),
      count(sql<boolean>`${isOnServer} and content is null and deleted_at_ms is null`).as('only_there'),
      count(sql<boolean>`${isOnServer} and deleted_at_ms is not null`).as('deleted_there'),
      count(sql<boolean>`${isOnServer} and deleted_at_ms is null and removal_sent_at_ms is not null`).as('sent_there'),
    ])
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  const checked = await db
    .selectFrom('maildrop')
    .select('checked_at_ms')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return {
    onServer: { messages: Number(row.server_count), sizeBytes: Number(row.server_bytes) },
    here: { messages: Number(row.here_count), sizeBytes: Number(row.here_bytes) },
    onlyHere: Number(row.only_here),
    onlyThere: Number(row.only_there),
    deletedThere: Number(row.deleted_there),
    sentThere: Number(row.sent_there),
    checkedAtMs: checked?.checked_at_ms == null ? null : Number(checked.checked_at_ms),
  };
}
