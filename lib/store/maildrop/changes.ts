import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema.ts';

/** Notes that lists of the account may have changed. */
export async function noteChange(db: Kysely<Tables>, accountId: string): Promise<void> {
  await db
    .insertInto('maildrop')
    .values({ account_id: accountId, changes: 1 })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ changes: sql`maildrop.changes + 1` }))
    .execute();
}
