import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { MaildropHeader, MaildropRow } from '../../mail/pop3/maildrop.ts';
import { baseSubjectOf } from '../../text/base-subject.ts';
import { foldText } from '../../text/tokens.ts';
import type { Store } from '../database.ts';
import type { Tables } from '../schema.ts';
import { translateRows, visibleRows } from './rows.ts';

/** Of a conversation, the newest so many are told. */
const mostTold = 200;

/** First in a transaction that joins threads: two that join the same at once would each begin one. */
export async function lockThreads({ db, dialect }: Pick<Store, 'db' | 'dialect'>, accountId: string): Promise<void> {
  if (dialect.name === 'postgres')
    await sql`select pg_advisory_xact_lock(hashtext(${`threads ${accountId}`}))`.execute(db);
}

/**
 * The conversation of a message: messages belong together that name one Message-ID in common under the same base subject
 * (RFC 8621 §3). Where this one joins what were several, they become one. Null for a message that names none.
 */
export async function joinThread(
  db: Kysely<Tables>,
  accountId: string,
  { messageIds = [], subject }: MaildropHeader,
): Promise<string | null> {
  const [first, ...rest] = keysOf(messageIds, foldText(baseSubjectOf(subject)));
  if (first === undefined) return null;
  const keys = [first, ...rest];
  const known = await db
    .selectFrom('maildrop_reference')
    .select(['key', 'thread_id'])
    .where('account_id', '=', accountId)
    .where('key', 'in', keys)
    .execute();
  const [threadId = first, ...others] = [...new Set(known.map(({ thread_id }) => thread_id))].sort();
  if (others.length > 0) {
    for (const table of ['maildrop_reference', 'maildrop_message'] as const)
      await db
        .updateTable(table)
        .set({ thread_id: threadId })
        .where('account_id', '=', accountId)
        .where('thread_id', 'in', others)
        .execute();
  }
  const named = new Set(known.map(({ key }) => key));
  const fresh = keys.filter((key) => !named.has(key));
  if (fresh.length > 0)
    await db
      .insertInto('maildrop_reference')
      .values(fresh.map((key) => ({ account_id: accountId, key, thread_id: threadId })))
      .execute();
  return threadId;
}

/** The messages of a conversation that the person sees, in whatever mailbox, oldest first. */
export async function readThread(db: Kysely<Tables>, accountId: string, threadId: string): Promise<MaildropRow[]> {
  const rows = await visibleRows(db, accountId)
    .selectAll()
    .where('thread_id', '=', threadId)
    .orderBy('received_at_ms', 'desc')
    .orderBy('row_id', 'desc')
    .limit(mostTold)
    .execute();
  return await translateRows(db, rows.reverse());
}

const keysOf = (messageIds: string[], subject: string): string[] => [
  ...new Set(messageIds.map((id) => createHash('sha256').update(`${id}\0${subject}`).digest('base64url').slice(0, 22))),
];
