import { randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { OwnMessage } from '../../mail/pop3/maildrop.ts';
import { batches } from '../batches.ts';
import type { Store } from '../database.ts';
import { wordsOf, writeTexts } from '../message-text.ts';
import type { Tables } from '../schema.ts';
import { noteChange } from './changes.ts';
import { headerColumns } from './header.ts';
import { placeKeywords } from './keywords.ts';
import { holdMailbox } from './mailboxes.ts';
import { joinThreads, lockThreads } from './threads.ts';

/**
 * Files messages in a mailbox. What is not kept here stays in the Inbox, whatever is asked: the server has no other. Throws
 * `notFound` where the mailbox has gone.
 */
export async function moveRows(
  db: Kysely<Tables>,
  accountId: string,
  uidls: string[],
  mailboxKey: string,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await holdMailbox(transaction, accountId, mailboxKey);
    for (const some of batches(uidls)) {
      const chosen = transaction
        .updateTable('maildrop_message')
        .set({ mailbox_id: mailboxKey })
        .where('account_id', '=', accountId)
        .where('uidl', 'in', some);
      await (mailboxKey === 'INBOX' ? chosen : chosen.where('content', 'is not', null)).execute();
    }
    await noteChange(transaction, accountId);
  });
}

/** Adds messages that are born here. A space in front is in no unique-id of a server (RFC 1939 §7). */
export async function addRows(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  accountId: string,
  messages: OwnMessage[],
  now: number,
): Promise<string[]> {
  const uidls: string[] = [];
  await db.transaction().execute(async (transaction) => {
    for (const key of new Set(messages.map(({ mailboxKey }) => mailboxKey)))
      await holdMailbox(transaction, accountId, key);
    await lockThreads({ db: transaction, dialect }, accountId);
    const threads = await joinThreads(
      transaction,
      accountId,
      messages.map(({ header }) => header),
    );
    for (const [index, message] of messages.entries()) {
      const uidl = ` l${randomBytes(18).toString('base64url')}`;
      const keywords = placeKeywords(message.keywords);
      const { row_id } = await transaction
        .insertInto('maildrop_message')
        .values({
          account_id: accountId,
          uidl,
          mailbox_id: message.mailboxKey,
          is_own: 1,
          size_bytes: message.sizeBytes,
          first_seen_at_ms: now,
          missing_since_ms: null,
          content: message.content,
          collected_at_ms: now,
          indexed: message.text === null ? 1 : 2,
          thread_id: threads[index] ?? null,
          ...headerColumns(message.header),
          ...Object.fromEntries(keywords.columns.map((column) => [column, 1])),
        })
        .returning('row_id')
        .executeTakeFirstOrThrow();
      const rows = keywords.rows.map((keyword) => ({ row_id, keyword }));
      if (rows.length > 0) await transaction.insertInto('maildrop_keyword').values(rows).execute();
      const words = wordsOf(accountId, message.header, message.text);
      await writeTexts({ db: transaction, dialect }, [{ rowId: row_id, words }]);
      uidls.push(uidl);
    }
    await noteChange(transaction, accountId);
  });
  return uidls;
}

/** The date of a message whose header the server refuses becomes that of the one that came before it. */
export async function dateBesideEarlier(db: Kysely<Tables>, accountId: string, uidls: string[]): Promise<void> {
  for (const some of batches(uidls)) {
    await db
      .updateTable('maildrop_message')
      .set({
        received_at_ms: sql`coalesce((select earlier.received_at_ms from maildrop_message earlier
          where earlier.account_id = ${accountId} and earlier.row_id < maildrop_message.row_id
          and earlier.mailbox_id = 'INBOX' and earlier.header is not null
          order by earlier.row_id desc limit 1), 0)`,
      })
      .where('account_id', '=', accountId)
      .where('uidl', 'in', some)
      .where('header', 'is', null)
      .execute();
  }
}
