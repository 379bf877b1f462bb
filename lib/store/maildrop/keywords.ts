import type { Kysely } from 'kysely';
import { batches } from '../batches.ts';
import type { Tables } from '../schema.ts';
import { noteChange } from './changes.ts';

/** The two that lists are filtered by have a column each. */
const columns = new Map<string, 'is_seen' | 'is_flagged'>([
  ['$seen', 'is_seen'],
  ['$flagged', 'is_flagged'],
]);

/** What keywords fill: columns, and rows of maildrop_keyword. */
export function placeKeywords(keywords: string[]): { columns: ('is_seen' | 'is_flagged')[]; rows: string[] } {
  return {
    columns: keywords.flatMap((keyword) => columns.get(keyword) ?? []),
    rows: keywords.filter((keyword) => !columns.has(keyword)),
  };
}

export async function changeKeywords(
  db: Kysely<Tables>,
  accountId: string,
  uidls: string[],
  change: { add: string[]; remove: string[] },
): Promise<void> {
  if (uidls.length === 0) return;
  const add = placeKeywords(change.add);
  const remove = placeKeywords(change.remove);
  const set = Object.fromEntries([
    ...add.columns.map((column) => [column, 1]),
    ...remove.columns.map((column) => [column, 0]),
  ]);
  await db.transaction().execute(async (transaction) => {
    await noteChange(transaction, accountId);
    for (const some of batches(uidls)) {
      if (Object.keys(set).length > 0) {
        const update = transaction.updateTable('maildrop_message').set(set).where('account_id', '=', accountId);
        await update.where('uidl', 'in', some).execute();
      }
      if (add.rows.length + remove.rows.length === 0) continue;
      const chosen = transaction.selectFrom('maildrop_message').select('row_id').where('account_id', '=', accountId);
      const rowIds = (await chosen.where('uidl', 'in', some).execute()).map(({ row_id }) => row_id);
      await changeRows(transaction, rowIds, { add: add.rows, remove: remove.rows });
    }
  });
}

async function changeRows(
  db: Kysely<Tables>,
  rowIds: number[],
  { add, remove }: { add: string[]; remove: string[] },
): Promise<void> {
  for (const some of batches(rowIds.flatMap((row_id) => add.map((keyword) => ({ row_id, keyword }))))) {
    const insert = db.insertInto('maildrop_keyword').values(some);
    await insert.onConflict((conflict) => conflict.doNothing()).execute();
  }
  if (remove.length === 0 || rowIds.length === 0) return;
  const chosen = db.deleteFrom('maildrop_keyword').where('row_id', 'in', rowIds);
  await chosen.where('keyword', 'in', remove).execute();
}
