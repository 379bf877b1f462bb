import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Listing, MaildropHeader, MaildropRow, MaildropStore } from '../mail/pop3/maildrop.ts';
import type { Store } from './database.ts';
import type { MaildropMessageTable } from './maildrop-tables.ts';
import type { Tables } from './schema.ts';

/** A message that the server does not list keeps its keywords for so long. */
const keptMissingMs = 30 * 24 * 3600 * 1000;
type Row = Selectable<MaildropMessageTable>;
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
  const keywords = await readKeywords(
    db,
    [...stored.values()].map((row) => row.row_id),
  );
  const changed: Insertable<MaildropMessageTable>[] = [];
  const rows = new Map<string, MaildropRow>();
  for (const { uidl, sizeBytes } of listed) {
    const before = stored.get(uidl);
    stored.delete(uidl);
    const isSame = before !== undefined && Number(before.size_bytes) === sizeBytes;
    if (before && before.deleted_at_ms !== null) continue;
    const row = {
      account_id: accountId,
      uidl,
      size_bytes: sizeBytes,
      first_seen_at_ms: before ? Number(before.first_seen_at_ms) : now,
      received_at_ms: before ? Number(before.received_at_ms) : now,
      missing_since_ms: null,
      header: isSame ? before.header : null,
    };
    if (!isSame || before.missing_since_ms !== null) changed.push(row);
    rows.set(uidl, translateRow({ ...unkept, ...before, ...row }, keywords));
  }
  const missing = [...stored.values()].filter((row) => row.is_own === 0 && row.content === null);
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

async function saveRows(db: Kysely<Tables>, rows: Insertable<MaildropMessageTable>[]): Promise<void> {
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
    const found = await db
      .selectFrom('maildrop_message')
      .selectAll()
      .where('account_id', '=', accountId)
      .where('uidl', 'in', some)
      .where('missing_since_ms', 'is', null)
      .where('deleted_at_ms', 'is', null)
      .execute();
    const keywords = await readKeywords(
      db,
      found.map((row) => row.row_id),
    );
    for (const row of found) rows.set(row.uidl, translateRow(row, keywords));
  }
  return rows;
}

async function readKeywords(db: Kysely<Tables>, rowIds: number[]): Promise<Map<number, string[]>> {
  const keywords = new Map<number, string[]>();
  for (const some of batches(rowIds)) {
    const found = db.selectFrom('maildrop_keyword').selectAll().where('row_id', 'in', some);
    for (const { row_id, keyword } of await found.execute()) {
      const before = keywords.get(Number(row_id));
      if (before) before.push(keyword);
      else keywords.set(Number(row_id), [keyword]);
    }
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
  const ownAdd = add.filter((keyword) => !columnOf.has(keyword));
  const ownRemove = remove.filter((keyword) => !columnOf.has(keyword));
  const columns = Object.fromEntries([
    ...add.flatMap((keyword) => columnOf.get(keyword) ?? []).map((column) => [column, 1]),
    ...remove.flatMap((keyword) => columnOf.get(keyword) ?? []).map((column) => [column, 0]),
  ]);
  await db.transaction().execute(async (transaction) => {
    for (const some of batches(uidls)) {
      if (Object.keys(columns).length > 0) {
        const update = transaction.updateTable('maildrop_message').set(columns).where('account_id', '=', accountId);
        await update.where('uidl', 'in', some).execute();
      }
      if (ownAdd.length + ownRemove.length === 0) continue;
      const chosen = transaction.selectFrom('maildrop_message').select('row_id').where('account_id', '=', accountId);
      const rowIds = (await chosen.where('uidl', 'in', some).execute()).map(({ row_id }) => row_id);
      const added = rowIds.flatMap((row_id) => ownAdd.map((keyword) => ({ row_id, keyword })));
      for (const few of batches(added)) {
        const insert = transaction.insertInto('maildrop_keyword').values(few);
        await insert.onConflict((conflict) => conflict.doNothing()).execute();
      }
      if (ownRemove.length === 0 || rowIds.length === 0) continue;
      const taken = transaction.deleteFrom('maildrop_keyword').where('row_id', 'in', rowIds);
      await taken.where('keyword', 'in', ownRemove).execute();
    }
  });
}

/** The two that lists are filtered by have a column each. */
const columnOf = new Map<string, 'is_seen' | 'is_flagged'>([
  ['$seen', 'is_seen'],
  ['$flagged', 'is_flagged'],
]);

/** A row that has just come. */
const unkept = { row_id: 0, is_seen: 0, is_flagged: 0 };

type Known = Pick<Row, 'row_id' | 'uidl' | 'first_seen_at_ms' | 'is_seen' | 'is_flagged' | 'header'>;

function translateRow(row: Known, keywords: Map<number, string[]>): MaildropRow {
  const own = keywords.get(Number(row.row_id)) ?? [];
  const ours = [...(row.is_seen ? ['$seen'] : []), ...(row.is_flagged ? ['$flagged'] : [])];
  return {
    uidl: row.uidl,
    firstSeenAt: new Date(Number(row.first_seen_at_ms)).toISOString(),
    keywords: [...own, ...ours].sort(),
    header: row.header === null ? null : (JSON.parse(row.header) as MaildropHeader),
  };
}

function* batches<T>(items: T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += batchSize) yield items.slice(at, at + batchSize);
}
