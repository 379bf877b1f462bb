import { sql } from 'kysely';
import type { MaildropHeader } from '../../mail/pop3/maildrop.ts';
import { baseSubjectOf } from '../../text/base-subject.ts';
import { foldText } from '../../text/tokens.ts';
import type { Store } from '../database.ts';
import { writeText } from '../message-text.ts';
import { joinThread, lockThreads } from './threads.ts';

type Opened = Pick<Store, 'db' | 'dialect'>;

export async function saveHeaders(
  { db, dialect }: Opened,
  accountId: string,
  headers: Map<string, MaildropHeader>,
): Promise<void> {
  if (headers.size === 0) return;
  await db.transaction().execute(async (transaction) => {
    await lockThreads({ db: transaction, dialect }, accountId);
    for (const [uidl, header] of headers) {
      const thread_id = await joinThread(transaction, accountId, header);
      const row = await transaction
        .updateTable('maildrop_message')
        .set({ ...headerColumns(header), thread_id, indexed: sql`case when indexed = 2 then 2 else 1 end` })
        .where('account_id', '=', accountId)
        .where('uidl', '=', uidl)
        .returning(['row_id', 'indexed'])
        .executeTakeFirst();
      // Whoever collected it meanwhile has written all of its text.
      if (row && row.indexed < 2) await writeText({ db: transaction, dialect }, accountId, row.row_id, header, null);
    }
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
      const header = JSON.parse(row.header) as MaildropHeader;
      await writeText({ db: transaction, dialect }, accountId, row.row_id, header, text);
      await transaction.updateTable('maildrop_message').set({ indexed: 2 }).where('row_id', '=', row.row_id).execute();
    }
  });
}

/** The columns that a header fills: itself, and what lists are sorted and filtered by. */
export function headerColumns(header: MaildropHeader) {
  const [sender] = header.from;
  return {
    header: JSON.stringify(header),
    received_at_ms: Date.parse(header.receivedAt),
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
