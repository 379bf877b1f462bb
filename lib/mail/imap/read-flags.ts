import { LRUCache } from 'lru-cache';
import { fetchRows, type Row } from './fetch.ts';
import type { Held } from './pool-types.ts';
import { isRefusal } from './translate-error.ts';
import { atom } from './wire.ts';
import type { Selected } from './with-imap.ts';

/** A row and its flags of now. */
export type RowFlags = Pick<Row, 'seq' | 'flags'> & { uid: number };

/** What a connection was told of a window. */
interface Window {
  /** `Held.changes` of then: another number, other messages. */
  changes: number;
  /** All that changed up to this mod-sequence is in the rows. */
  since: bigint;
  /** The highest that answers named: asked after it, a server leaves out what changed before it beside them. */
  heard: bigint;
  /** By sequence number, which stays while `changes` does. */
  rows: Map<number, RowFlags>;
}

/** The list that is looked at, and what was read beside it. */
const windowsOfConnection = 3;
const flagItems = ['UID', 'FLAGS'].map(atom);
const windows = new WeakMap<Held, LRUCache<string, Window>>();
const refusing = new WeakSet<Held>();

/**
 * UID and flags of a range, in no order. With CONDSTORE only what has changed since this connection read the same range is
 * asked for (RFC 7162 §3.1.4.1), as long as no message came into the mailbox or left it.
 */
export async function readFlags(selected: Selected, range: string, isUid: boolean): Promise<RowFlags[]> {
  const { held } = selected;
  const modSeq = modSeqOf(selected);
  if (modSeq === null || refusing.has(held)) return await readAll(selected, range, isUid);
  const own = windows.get(held) ?? new LRUCache<string, Window>({ max: windowsOfConnection });
  windows.set(held, own);
  const name = `${isUid ? 'UID ' : ''}${range}`;
  const known = own.get(name);
  const { changes } = held;
  if (known?.changes === changes && (await bringUpToDate(selected, range, isUid, known)))
    return [...known.rows.values()];
  const before = { changes: held.changes, modSeq: modSeqOf(selected) ?? modSeq };
  const read = await readAll(selected, range, isUid);
  const rows = new Map(read.map((row) => [row.seq, row]));
  own.set(name, { changes: before.changes, since: before.modSeq, heard: before.modSeq, rows });
  return read;
}

/** What a connection was told of a row, unasked or of our own change, is no news to whoever reads the row next. */
export function rememberFlags(held: Held, { seq, flags, modSeq }: Pick<Row, 'seq' | 'flags' | 'modSeq'>): void {
  for (const window of windows.get(held)?.values() ?? []) {
    const row = window.rows.get(seq);
    if (row === undefined || flags === null || window.changes !== held.changes) continue;
    window.rows.set(seq, { ...row, flags });
    window.heard = higher(window.heard, modSeq);
  }
}

/** False where all has to be read anew. */
async function bringUpToDate(
  { client, mailbox, held }: Selected,
  range: string,
  isUid: boolean,
  known: Window,
): Promise<boolean> {
  const before = higher(known.heard, mailbox.highestModseq ?? null);
  const isNews = (row: Row) => !isSameFlags(known.rows.get(row.seq)?.flags, row.flags);
  let changed: Row[];
  try {
    changed = await fetchRows(client, { range, isUid, items: flagItems, changed: { since: known.since, isNews } });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    refusing.add(held);
    return false;
  }
  if (held.changes !== known.changes) return false;
  for (const row of changed) {
    const uid = row.uid ?? known.rows.get(row.seq)?.uid;
    if (uid === undefined || row.flags === null) return false;
    known.rows.set(row.seq, { seq: row.seq, uid, flags: row.flags });
    known.heard = higher(known.heard, row.modSeq);
  }
  known.since = before;
  return true;
}

async function readAll({ client }: Selected, range: string, isUid: boolean): Promise<RowFlags[]> {
  const rows = await fetchRows(client, { range, isUid, items: flagItems });
  return rows.flatMap(({ seq, uid, flags }) => (uid === null ? [] : { seq, uid, flags }));
}

/** The mod-sequence that the mailbox had at least; null where it keeps none (RFC 7162 §3.1.2). */
function modSeqOf({ client, mailbox }: Selected): bigint | null {
  if (!client.enabled.has('CONDSTORE') || mailbox.noModseq) return null;
  return mailbox.highestModseq || null;
}

const higher = (one: bigint, other: bigint | null): bigint => (other !== null && other > one ? other : one);

const isSameFlags = (known: readonly string[] | null | undefined, now: readonly string[] | null): boolean =>
  known?.length === now?.length && known?.every((flag) => now?.includes(flag)) === true;
