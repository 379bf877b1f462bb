import type { Kysely } from 'kysely';
import type { Listing, MaildropHeader, MaildropRow, MaildropStore } from '../mail/pop3/maildrop.ts';
import type { Store } from './database.ts';
import type { MaildropMessageTable } from './maildrop-tables.ts';
import type { Tables } from './schema.ts';

/** A message that the server does not list keeps its keywords for so long. */
const keptMissingMs = 30 * 24 * 3600 * 1000;
/** Rows in one statement: SQLite takes 32,766 values in one, Postgres 65,535. */
const batchSize = 1_000;

/** The maildrops of all POP3 accounts, in SQL; `open` is asked at each call. An account's rows go with the account. */
export function createMaildropStore(open: () => Promise<Pick<Store, 'db'>>, now = Date.now): MaildropStore {
  return {
    reconcile: async (accountId, listed) => reconcile((await open()).db, accountId, listed, now()),
    find: async (accountId, uidls) => findRows((await open()).db, accountId, uidls),
    async saveHeaders(accountId, headers) {
      const { db } = await open();
      await db.transaction().execute(async (transaction) => {
        for (const [uidl, header] of headers) {
          await transaction
            .updateTable('maildrop_message')
            .set({ header: JSON.stringify(header) })
            .where('account_id', '=', accountId)
            .where('uidl', '=', uidl)
            .execute();
        }
      });
    },
    changeKeywords: async (accountId, uidls, change) => changeKeywords((await open()).db, accountId, uidls, change),
    async remove(accountId, uidls) {
      const { db } = await open();
      for (const some of batches(uidls)) {
        const chosen = db.deleteFrom('maildrop_message').where('account_id', '=', accountId);
        await chosen.where('uidl', 'in', some).execute();
      }
    },
  };
}

async function reconcile(
  db: Kysely<Tables>,
  accountId: string,
  listed: Listing[],
  now: number,
): Promise<Map<string, MaildropRow>> {
  const stored = new Map(
    (await db.selectFrom('maildrop_message').selectAll().where('account_id', '=', accountId).execute()).map((row) => [
      row.uidl,
      row,
    ]),
  );
  const keywords = await readKeywords(db, accountId, null);
  const changed: MaildropMessageTable[] = [];
  const rows = new Map<string, MaildropRow>();
  for (const { uidl, sizeBytes } of listed) {
    const before = stored.get(uidl);
    stored.delete(uidl);
    const isSame = before !== undefined && Number(before.size_bytes) === sizeBytes;
    const row: MaildropMessageTable = {
      account_id: accountId,
      uidl,
      size_bytes: sizeBytes,
      first_seen_at_ms: before ? Number(before.first_seen_at_ms) : now,
      missing_since_ms: null,
      header: isSame ? before.header : null,
    };
    if (!isSame || before.missing_since_ms !== null) changed.push(row);
    rows.set(uidl, translateRow(row, keywords));
  }
  const missing = [...stored.values()];
  const gone = missing.filter((row) => row.missing_since_ms === null).map((row) => row.uidl);
  const old = missing.filter((row) => now - Number(row.missing_since_ms ?? now) > keptMissingMs);
  if (changed.length + gone.length + old.length === 0) return rows;
  await db.transaction().execute(async (transaction) => {
    for (const some of batches(changed)) await saveRows(transaction, some);
    const ofAccount = (uidls: string[]) =>
      transaction
        .updateTable('maildrop_message')
        .set({ missing_since_ms: now })
        .where('account_id', '=', accountId)
        .where('uidl', 'in', uidls);
    for (const some of batches(gone)) await ofAccount(some).execute();
    for (const some of batches(old.map((row) => row.uidl))) {
      const chosen = transaction.deleteFrom('maildrop_message').where('account_id', '=', accountId);
      await chosen.where('uidl', 'in', some).execute();
    }
  });
  return rows;
}

async function saveRows(db: Kysely<Tables>, rows: MaildropMessageTable[]): Promise<void> {
  await db
    .insertInto('maildrop_message')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'uidl']).doUpdateSet((from) => ({
        size_bytes: from.ref('excluded.size_bytes'),
        missing_since_ms: from.ref('excluded.missing_since_ms'),
        header: from.ref('excluded.header'),
      })),
    )
    .execute();
}

async function findRows(db: Kysely<Tables>, accountId: string, uidls: string[]): Promise<Map<string, MaildropRow>> {
  const rows = new Map<string, MaildropRow>();
  for (const some of batches(uidls)) {
    const keywords = await readKeywords(db, accountId, some);
    const found = await db
      .selectFrom('maildrop_message')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('uidl', 'in', some)
      .where('missing_since_ms', 'is', null)
      .execute();
    for (const row of found) rows.set(row.uidl, translateRow(row, keywords));
  }
  return rows;
}

/** Null: of the whole maildrop. */
async function readKeywords(
  db: Kysely<Tables>,
  accountId: string,
  uidls: string[] | null,
): Promise<Map<string, string[]>> {
  let query = db.selectFrom('maildrop_keyword').select(['uidl', 'keyword']).where('account_id', '=', accountId);
  if (uidls !== null) query = query.where('uidl', 'in', uidls);
  const keywords = new Map<string, string[]>();
  for (const { uidl, keyword } of await query.orderBy('keyword').execute()) {
    const some = keywords.get(uidl);
    if (some) some.push(keyword);
    else keywords.set(uidl, [keyword]);
  }
  return keywords;
}

async function changeKeywords(
  db: Kysely<Tables>,
  accountId: string,
  uidls: string[],
  { add, remove }: { add: string[]; remove: string[] },
): Promise<void> {
  if (uidls.length === 0) return;
  await db.transaction().execute(async (transaction) => {
    const added = uidls.flatMap((uidl) => add.map((keyword) => ({ account_id: accountId, uidl, keyword })));
    for (const some of batches(added)) {
      const insert = transaction.insertInto('maildrop_keyword').values(some);
      await insert.onConflict((conflict) => conflict.doNothing()).execute();
    }
    for (const some of remove.length > 0 ? batches(uidls) : []) {
      const ofAccount = transaction.deleteFrom('maildrop_keyword').where('account_id', '=', accountId);
      await ofAccount.where('uidl', 'in', some).where('keyword', 'in', remove).execute();
    }
  });
}

function translateRow(row: MaildropMessageTable, keywords: Map<string, string[]>): MaildropRow {
  return {
    uidl: row.uidl,
    firstSeenAt: new Date(Number(row.first_seen_at_ms)).toISOString(),
    keywords: keywords.get(row.uidl) ?? [],
    header: row.header === null ? null : (JSON.parse(row.header) as MaildropHeader),
  };
}

function* batches<T>(items: T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += batchSize) yield items.slice(at, at + batchSize);
}
