import type { Store } from './database.ts';
import { withoutSync } from './unsynced.ts';

interface Lease {
  accountId: string;
  owner: string;
  untilMs: number;
}

/**
 * Takes an account's maildrop for one process, or renews what it has; false where another has it. A lease that ran out
 * is free: its process has died or lost the database. It need not outlive a power cut, so nothing waits for the disk.
 */
export async function takeLease(store: Store, { accountId, owner, untilMs }: Lease, now: number): Promise<boolean> {
  return withoutSync(store, async (db) => {
    const lease = { lease_owner: owner, lease_until_ms: untilMs };
    const taken = await db
      .insertInto('maildrop')
      .values({ account_id: accountId, retention: 'leave', ...lease })
      .onConflict((conflict) =>
        conflict
          .column('account_id')
          .doUpdateSet(lease)
          .where((where) =>
            where.or([
              where('maildrop.lease_owner', 'is', null),
              where('maildrop.lease_owner', '=', owner),
              where('maildrop.lease_until_ms', '<', now),
            ]),
          ),
      )
      .returning('account_id')
      .execute();
    return taken.length > 0;
  });
}

/** Lets go of the lease, if it is still this owner's. */
export async function releaseLease(store: Store, accountId: string, owner: string): Promise<void> {
  await withoutSync(store, (db) =>
    db
      .updateTable('maildrop')
      .set({ lease_owner: null, lease_until_ms: null })
      .where('account_id', '=', accountId)
      .where('lease_owner', '=', owner)
      .execute(),
  );
}
