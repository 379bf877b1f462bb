import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { MaildropHeader } from '../../mail/pop3/maildrop.ts';
import { baseSubjectOf } from '../../text/base-subject.ts';
import { foldText } from '../../text/tokens.ts';
import type { Store } from '../database.ts';
import { wordsOf, writeTexts } from '../message-text.ts';
import type { Tables } from '../schema.ts';
import { joinThreads, lockThreads } from './threads.ts';

type Opened = Pick<Store, 'db' | 'dialect'>;

export async function saveHeaders(
  { db, dialect }: Opened,
  accountId: string,
  headers: Map<string, MaildropHeader>,
): Promise<void> {
  if (headers.size === 0) return;
  await db.transaction().execute(async (transaction) => {
    await lockThreads({ db: transaction, dialect }, accountId);
    const rows = Array.from(headers, ([uidl, header]) => ({ uidl, header }));
    const indexed = sql`indexed = case when indexed = 2 then 2 else 1 end`;
    const written = await writeHeaders(transaction, accountId, rows, indexed);
    const texts = written.flatMap((row) => {
      const header = headers.get(row.uidl);
      // Whoever collected it meanwhile has written all of its text.
      return header && row.indexed < 2 ? [{ rowId: row.row_id, words: wordsOf(accountId, header, null) }] : [];
    });
    await writeTexts({ db: transaction, dialect }, texts);
  });
}

export async function saveTexts({ db, dialect }: Opened, accountId: string, texts: Map<string, string>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (const [uidl, text] of texts) {
      const row = await transaction
        .selectFrom('maildrop_message')
        .select(['row_id', 'header'])
        .where('account_id', '=', accountId)
        .where('uidl', '=', uidl)
        .executeTakeFirst();
      if (!row || row.header === null) continue;
      const words = wordsOf(accountId, JSON.parse(row.header) as MaildropHeader, text);
      await writeTexts({ db: transaction, dialect }, [{ rowId: row.row_id, words }]);
      await transaction.updateTable('maildrop_message').set({ indexed: 2 }).where('row_id', '=', row.row_id).execute();
    }
  });
}

/** A message whose header is known; `content` where its bytes are kept. */
export interface HeaderRow {
  uidl: string;
  header: MaildropHeader;
  content?: string;
}

/**
 * Writes headers with their conversations, and what `also` sets, in one statement; lockThreads comes first. Gives the rows
 * that there were.
 */
export async function writeHeaders(
  db: Kysely<Tables>,
  accountId: string,
  rows: HeaderRow[],
  also: RawBuilder<unknown>,
): Promise<{ row_id: number; uidl: string; indexed: number }[]> {
  const threads = await joinThreads(
    db,
    accountId,
    rows.map(({ header }) => header),
  );
  const values = rows.map(({ uidl, header, content = null }, index) => {
    const { received_at_ms, has_attachment, from_key, subject_key, ...columns } = headerColumns(header);
    const sorted = sql`${received_at_ms}, ${has_attachment}, ${from_key}, ${subject_key}`;
    return sql`(${uidl}, ${content}, ${threads[index] ?? null}, ${columns.header}, ${sorted})`;
  });
  // Postgres takes values that stand nowhere yet for text.
  const written = await sql<{ row_id: number; uidl: string; indexed: number }>`
    with known (of_uidl, content, thread_id, header, received_at_ms, has_attachment, from_key, subject_key)
      as (values ${sql.join(values)})
    update maildrop_message set header = known.header, thread_id = known.thread_id, from_key = known.from_key,
      subject_key = known.subject_key, received_at_ms = cast(known.received_at_ms as bigint),
      has_attachment = cast(known.has_attachment as integer), ${also}
    from known where account_id = ${accountId} and uidl = of_uidl returning row_id, uidl, indexed`.execute(db);
  return written.rows;
}

/** The columns that a header fills: itself, and what lists are sorted and filtered by. */
export function headerColumns(header: MaildropHeader) {
  const [sender] = header.from;
  return {
    header: JSON.stringify(header),
    received_at_ms: Date.parse(header.receivedAt),
    message_id: header.messageId?.replaceAll('\0', '') ?? null,
    has_attachment: header.hasAttachment ? 1 : 0,
    from_key: sortKeyOf(sender?.name || sender?.email || ''),
    subject_key: sortKeyOf(baseSubjectOf(header.subject)),
  };
}

const keyLength = 120;

/** Without case and accents, numbers by their value: databases then sort as people do, near enough. */
function sortKeyOf(text: string): string {
  // Postgres takes no NUL in a text.
  return foldText(text.slice(0, keyLength))
    .replaceAll('\0', '')
    .trim()
    .replace(/\d{1,9}/g, (number) => number.padStart(9, '0'));
}
