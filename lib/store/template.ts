import { MailError } from '../mail/errors.ts';
import type { Store } from './database.ts';
import type { TemplateTable } from './people-tables.ts';

type Key = Pick<TemplateTable, 'id' | 'account_id'>;

/** The templates of a person, by name. */
export async function listTemplates({ db }: Store, accountId: string): Promise<TemplateTable[]> {
  const rows = await db.selectFrom('template').selectAll().where('account_id', '=', accountId).execute();
  return rows
    .map((row) => ({ ...row, updated_at_ms: Number(row.updated_at_ms) }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

/** Throws `tooLarge` beyond `most`. */
export async function insertTemplate({ db }: Store, row: TemplateTable, most: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { count } = await trx
      .selectFrom('template')
      .select((select) => select.fn.countAll().as('count'))
      .where('account_id', '=', row.account_id)
      .executeTakeFirstOrThrow();
    if (Number(count) >= most) throw new MailError('tooLarge', 'too many templates', { detail: `at most ${most}` });
    await trx.insertInto('template').values(row).execute();
  });
}

/** Throws `notFound`. */
export async function changeTemplate({ db }: Store, { id, account_id, ...fields }: TemplateTable): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('template')
    .set(fields)
    .where((where) => where.and({ id, account_id }))
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound();
}

/** Throws `notFound`. */
export async function deleteTemplate({ db }: Store, { id, account_id }: Key): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('template')
    .where((where) => where.and({ id, account_id }))
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw notFound();
}

const notFound = () => new MailError('notFound', 'no such template of this person');
