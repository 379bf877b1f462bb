import type { Kysely } from 'kysely';
import type { MaildropHeader } from '../../mail/pop3/maildrop.ts';
import { batches } from '../batches.ts';
import type { Tables } from '../schema.ts';
import { headerColumns } from './header.ts';

/** The name here of what the server calls otherwise, by what it calls it. */
export async function readNames(db: Kysely<Tables>, accountId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('maildrop_message')
    .select(['uidl', 'listed_as'])
    .where('account_id', '=', accountId)
    .where('listed_as', 'is not', null)
    .where('listed_as', '<>', '')
    .execute();
  return new Map(rows.flatMap(({ uidl, listed_as }) => (listed_as === null ? [] : [[listed_as, uidl]])));
}

export async function readHeadersOf(
  db: Kysely<Tables>,
  accountId: string,
  uidls: string[],
): Promise<Map<string, MaildropHeader>> {
  const headers = new Map<string, MaildropHeader>();
  for (const some of batches(uidls)) {
    const chosen = db.selectFrom('maildrop_message').select(['uidl', 'header']).where('account_id', '=', accountId);
    for (const { uidl, header } of await chosen.where('uidl', 'in', some).execute())
      if (header !== null) headers.set(uidl, JSON.parse(header) as MaildropHeader);
  }
  return headers;
}

/** More of one date and subject are copies: which of them is meant makes no difference. */
const mostAlike = 100;

export async function findAlike(
  db: Kysely<Tables>,
  accountId: string,
  header: MaildropHeader,
): Promise<Map<string, MaildropHeader>> {
  const { received_at_ms, subject_key } = headerColumns(header);
  const rows = await db
    .selectFrom('maildrop_message')
    .select(['uidl', 'header'])
    .where('account_id', '=', accountId)
    .where('is_own', '=', 0)
    .where('received_at_ms', '=', received_at_ms)
    .where('subject_key', '=', subject_key)
    .orderBy('row_id', 'desc')
    .limit(mostAlike)
    .execute();
  return new Map(
    rows.flatMap((row) => (row.header === null ? [] : [[row.uidl, JSON.parse(row.header) as MaildropHeader]])),
  );
}
