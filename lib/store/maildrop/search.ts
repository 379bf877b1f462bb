import { sql } from 'kysely';
import type { MaildropRow, SearchRequest, Undecided } from '../../mail/pop3/maildrop.ts';
import type { Store } from '../database.ts';
import type { RowRange } from '../message-text.ts';
import { findRows } from './rows.ts';
import { type Bound, whereMailbox, whereQuery, withWords } from './search-where.ts';

type Opened = Pick<Store, 'db' | 'dialect'>;

/** So many messages are looked through at once: the first hits show soon, and SQLite never holds the process for long. */
const firstWindow = 1_000;
const lastWindow = 8_000;
/** Rows read in full at once. */
const runLength = 200;

/** What surely matches, newest arrival first. */
export async function* searchRows(
  opened: Opened,
  accountId: string,
  request: SearchRequest,
): AsyncGenerator<MaildropRow[]> {
  for await (const found of matchesOf(opened, accountId, request)) {
    const uidls = found.map(({ uidl }) => uidl);
    for (let at = 0; at === 0 || at < uidls.length; at += runLength) {
      const run = uidls.slice(at, at + runLength);
      const rows = await findRows(opened.db, accountId, run);
      yield run.flatMap((uidl) => rows.get(uidl) ?? []);
      await breath();
    }
  }
}

/** What may match once more of it is read, newest arrival first. */
export async function findUndecided(
  opened: Opened,
  accountId: string,
  request: SearchRequest,
  { isKept, limit }: { isKept: boolean; limit: number },
): Promise<Undecided[]> {
  const found: Undecided[] = [];
  for await (const run of matchesOf(opened, accountId, request, { isKept })) {
    found.push(...run.slice(0, limit - found.length));
    if (found.length >= limit) break;
    await breath();
  }
  return found;
}

/** What surely matches; with `undecided`, what possibly does and not surely. A window of messages at a time. */
async function* matchesOf(
  { db, dialect }: Opened,
  accountId: string,
  { query: asked, mailboxes, uidls }: SearchRequest,
  undecided?: { isKept: boolean },
): AsyncGenerator<Undecided[]> {
  const query = withWords(asked);
  if (query === null || uidls?.length === 0) return;
  const among = sql.join(
    [
      sql`account_id = ${accountId}`,
      ...(uidls ? [sql`uidl in (${sql.join(uidls)})`] : []),
      ...(undecided ? [sql`indexed < 2`] : []),
      ...(undecided ? [undecided.isKept ? sql`content is not null` : sql`content is null`] : []),
    ],
    sql` and `,
  );
  let size = undecided ? lastWindow : firstWindow;
  for (let to = Number.MAX_SAFE_INTEGER; to > 0; size = Math.min(size * 2, lastWindow)) {
    const edges = await sql<{ row_id: number }>`select row_id from maildrop_message where ${among} and row_id < ${to}
      order by row_id desc limit 1 offset ${size - 1}`.execute(db);
    const range: RowRange = { from: Number(edges.rows[0]?.row_id ?? 0), to };
    const where = (bound: Bound) => whereQuery(query, bound, { dialect, accountId, mailboxes, range });
    const matches = undecided ? sql`${where('possibly')} and not (${where('surely')})` : where('surely');
    const { rows } = await sql<Undecided>`select uidl, content from maildrop_message message
      where ${among} and row_id >= ${range.from} and row_id < ${range.to}
        and deleted_at_ms is null and (missing_since_ms is null or content is not null)
        and ${whereMailbox(mailboxes)} and (${matches})
      order by row_id desc`.execute(db);
    yield rows;
    to = range.from;
  }
}

/** SQLite answers without a pause of its own: others get their turn between two windows. */
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));
