import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { MaildropHeader, MaildropRow, ThreadRequest } from '../../mail/pop3/maildrop.ts';
import { baseSubjectOf } from '../../text/base-subject.ts';
import { foldText } from '../../text/tokens.ts';
import { batches } from '../batches.ts';
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
 * The conversation of each message, in the order of `headers`: messages belong together that name one Message-ID in common
 * under the same base subject (RFC 8621 §3). Where one joins what were several, they become one. Null for a message that
 * names none.
 */
export async function joinThreads(
  db: Kysely<Tables>,
  accountId: string,
  headers: MaildropHeader[],
): Promise<(string | null)[]> {
  const named = headers.map(({ messageIds = [], subject }) => keysOf(messageIds, foldText(baseSubjectOf(subject))));
  const threads = await knownThreads(db, accountId, [...new Set(named.flat())]);
  const fresh: string[] = [];
  /** What each of several became a part of. */
  const joined = new Map<string, string>();
  const wholeOf = (threadId: string): string => {
    let whole = threadId;
    for (let next = joined.get(whole); next !== undefined; next = joined.get(whole)) whole = next;
    return whole;
  };
  const begun = named.map((keys) => {
    const [first] = keys;
    if (first === undefined) return null;
    const met = keys.flatMap((key) => threads.get(key) ?? []).map(wholeOf);
    const [threadId = first, ...others] = [...new Set(met)].sort();
    for (const other of others) joined.set(other, threadId);
    for (const key of keys) {
      if (threads.has(key)) continue;
      threads.set(key, threadId);
      fresh.push(key);
    }
    return threadId;
  });
  for (const part of joined.keys()) await becomePartOf(db, accountId, part, wholeOf(part));
  const references = fresh.map((key) => ({ account_id: accountId, key, thread_id: wholeOf(threads.get(key) ?? key) }));
  for (const some of batches(references)) await db.insertInto('maildrop_reference').values(some).execute();
  return begun.map((threadId) => (threadId === null ? null : wholeOf(threadId)));
}

async function knownThreads(db: Kysely<Tables>, accountId: string, keys: string[]): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (const some of batches(keys)) {
    const rows = await db
      .selectFrom('maildrop_reference')
      .select(['key', 'thread_id'])
      .where('account_id', '=', accountId)
      .where('key', 'in', some)
      .execute();
    for (const { key, thread_id } of rows) known.set(key, thread_id);
  }
  return known;
}

async function becomePartOf(db: Kysely<Tables>, accountId: string, part: string, whole: string): Promise<void> {
  for (const table of ['maildrop_reference', 'maildrop_message'] as const)
    await db
      .updateTable(table)
      .set({ thread_id: whole })
      .where('account_id', '=', accountId)
      .where('thread_id', '=', part)
      .execute();
}

/** The messages of a conversation in a mailbox, or in all but some, oldest first. */
export async function readThread(
  db: Kysely<Tables>,
  accountId: string,
  request: ThreadRequest,
): Promise<MaildropRow[]> {
  const chosen = visibleRows(db, accountId).selectAll().where('thread_id', '=', request.threadId);
  const rows = await ('mailboxKey' in request
    ? chosen.where('mailbox_id', '=', request.mailboxKey)
    : chosen.where('mailbox_id', 'not in', request.except)
  )
    .orderBy('received_at_ms', 'desc')
    .orderBy('row_id', 'desc')
    .limit(mostTold)
    .execute();
  return await translateRows(db, rows.reverse());
}

/** These and all else of their conversations in the mailbox, each once. */
export async function withCompanions(
  db: Kysely<Tables>,
  accountId: string,
  { mailboxKey, uidls }: { mailboxKey: string; uidls: string[] },
): Promise<string[]> {
  const found = new Set(uidls);
  for (const some of batches(uidls)) {
    const threads = db
      .selectFrom('maildrop_message as one')
      .select('one.thread_id')
      .where('one.account_id', '=', accountId)
      .where('one.uidl', 'in', some);
    const rows = visibleRows(db, accountId)
      .select('uidl')
      .where('mailbox_id', '=', mailboxKey)
      .where('thread_id', 'in', threads);
    for (const { uidl } of await rows.execute()) found.add(uidl);
  }
  return [...found];
}

const keysOf = (messageIds: string[], subject: string): string[] => [
  ...new Set(messageIds.map((id) => createHash('sha256').update(`${id}\0${subject}`).digest('base64url').slice(0, 22))),
];
