import type { Kysely } from 'kysely';
import type { Retention } from '../mail/model.ts';
import type { CollectionStore } from '../mail/pop3/collection-store.ts';
import { batches } from './batches.ts';
import { readAmounts } from './collection-amounts.ts';
import { recordCollected } from './collection-record.ts';
import type { Store } from './database.ts';
import { releaseLease, takeLease } from './lease.ts';
import type { Tables } from './schema.ts';

type Opened = () => Promise<Store>;

/** What collection and removal keep of all POP3 accounts, in SQL. */
export function createCollectionStore(open: Opened, now = Date.now): CollectionStore {
  const db = async () => (await open()).db;
  return {
    async retentionOf(accountId) {
      const row = await (await db())
        .selectFrom('maildrop')
        .select(['retention', 'retention_days'])
        .where('account_id', '=', accountId)
        .executeTakeFirst();
      return translateRetention(row?.retention ?? 'leave', row?.retention_days ?? null);
    },
    async setRetention(accountId, retention) {
      const chosen = { retention: retention.rule, retention_days: 'days' in retention ? retention.days : null };
      await (await db())
        .insertInto('maildrop')
        .values({ account_id: accountId, ...chosen })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet(chosen))
        .execute();
    },
    async copiesOf(accountId, uidls) {
      const rows = [];
      const chosen = (await db())
        .selectFrom('maildrop_message')
        .select(['uidl', 'content', 'collected_at_ms', 'deleted_at_ms', 'missing_since_ms'])
        .where('account_id', '=', accountId)
        .where('is_own', '=', 0);
      if (uidls === null) rows.push(...(await chosen.where('missing_since_ms', 'is', null).execute()));
      else for (const some of batches(uidls)) rows.push(...(await chosen.where('uidl', 'in', some).execute()));
      return new Map(
        rows.map((row) => [
          row.uidl,
          {
            uidl: row.uidl,
            content: row.content,
            collectedAtMs: numberOf(row.collected_at_ms),
            deletedAtMs: numberOf(row.deleted_at_ms),
            isListed: row.missing_since_ms === null,
          },
        ]),
      );
    },
    recordCollected: async (accountId, collected) => recordCollected(await open(), accountId, collected, now()),
    async markDeleted(accountId, uidls) {
      const opened = await db();
      return change(uidls, (some) =>
        opened
          .updateTable('maildrop_message')
          .set({ deleted_at_ms: now() })
          .where('account_id', '=', accountId)
          .where('uidl', 'in', some)
          .where('deleted_at_ms', 'is', null)
          .where((where) => where.or([where('missing_since_ms', 'is', null), where('content', 'is not', null)]))
          .returning('uidl')
          .execute(),
      );
    },
    async unmarkDeleted(accountId, uidls) {
      const opened = await db();
      return change(uidls, (some) =>
        opened
          .updateTable('maildrop_message')
          .set({ deleted_at_ms: null })
          .where('account_id', '=', accountId)
          .where('uidl', 'in', some)
          .where('deleted_at_ms', 'is not', null)
          .where((where) => where.or([where('missing_since_ms', 'is', null), where('content', 'is not', null)]))
          .returning('uidl')
          .execute(),
      );
    },
    recordRemovalSent: async (accountId, uidls) =>
      setTimes(await db(), accountId, uidls, { removal_sent_at_ms: now() }),
    async recordRemoved(accountId, uidls) {
      if (uidls.length === 0) return;
      const opened = await db();
      // First: should the server list them all the same, that listing is looked at anew.
      await opened.updateTable('maildrop').set({ listing_digest: null }).where('account_id', '=', accountId).execute();
      await setTimes(opened, accountId, uidls, { missing_since_ms: now() });
    },
    amounts: async (accountId) => readAmounts(await db(), accountId),
    async takeLease(accountId, owner, untilMs) {
      const store = await open();
      // A file has one process, which takes turns by itself; after a crash it need not wait for its own lease.
      if (store.dialect.name === 'libsql') return true;
      return takeLease(store, { accountId, owner, untilMs }, now());
    },
    async releaseLease(accountId, owner) {
      const store = await open();
      if (store.dialect.name === 'postgres') await releaseLease(store, accountId, owner);
    },
  };
}

/** In one transaction would hold up all others; each batch is whole, and a repetition changes nothing. */
async function change(uidls: string[], work: (some: string[]) => Promise<{ uidl: string }[]>): Promise<string[]> {
  const changed: string[] = [];
  for (const some of batches(uidls)) changed.push(...(await work(some)).map(({ uidl }) => uidl));
  return changed;
}

async function setTimes(
  db: Kysely<Tables>,
  accountId: string,
  uidls: string[],
  times: { removal_sent_at_ms: number } | { missing_since_ms: number },
): Promise<void> {
  for (const some of batches(uidls)) {
    const ofAccount = db.updateTable('maildrop_message').set(times).where('account_id', '=', accountId);
    await ofAccount.where('uidl', 'in', some).execute();
  }
}

function translateRetention(rule: string, days: number | null): Retention {
  if (rule === 'removeAfterDays' && days !== null) return { rule, days };
  // A rule that this version does not know removes nothing.
  return rule === 'removeWhenDeleted' || rule === 'collect' ? { rule } : { rule: 'leave' };
}

const numberOf = (value: number | null): number | null => (value === null ? null : Number(value));
