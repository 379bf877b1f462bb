import { type Kysely, sql } from 'kysely';
import type { Doubt, Listing, TellApart } from '../../mail/pop3/maildrop.ts';
import type { Tables } from '../schema.ts';

export interface Check {
  tellApart: TellApart;
  isDoubted: boolean;
}

/** A message of the server as it was listed before. */
interface Known {
  uidl: string;
  size_bytes: number;
  missing_since_ms: number | null;
  listed_as: string | null;
  isKept: boolean;
  hasHeader: boolean;
  /** We asked the server to remove it. */
  wasRemoved: boolean;
}

/** All that the server has listed, by its name here. */
export async function readKnown(db: Kysely<Tables>, accountId: string): Promise<Map<string, Known>> {
  const rows = await db
    .selectFrom('maildrop_message')
    .select(['uidl', 'size_bytes', 'missing_since_ms', 'listed_as', 'removal_sent_at_ms'])
    .select(sql<number>`case when content is null then 0 else 1 end`.as('is_kept'))
    .select(sql<number>`case when header is null then 0 else 1 end`.as('has_header'))
    .where('account_id', '=', accountId)
    .where('is_own', '=', 0)
    .execute();
  return new Map(
    rows.map(({ uidl, size_bytes, missing_since_ms, listed_as, removal_sent_at_ms, is_kept, has_header }) => [
      uidl,
      {
        uidl,
        size_bytes: Number(size_bytes),
        missing_since_ms: missing_since_ms === null ? null : Number(missing_since_ms),
        listed_as,
        isKept: Number(is_kept) === 1,
        hasHeader: Number(has_header) === 1,
        wasRemoved: removal_sent_at_ms !== null,
      },
    ]),
  );
}

/** What the server calls it, as far as we heard; empty: nothing. */
export const heldName = ({ listed_as, uidl }: Known): string => listed_as ?? uidl;

/** A unique-id that several messages had has a digest behind it (identify.ts). */
const plainName = (uidl: string): string => uidl.split(' ', 1)[0] ?? '';

/** Whether a new message may be one that the server lists no more, and that we did not have removed. */
function mayBeLost(
  listed: Listing[],
  stored: ReadonlyMap<string, Known>,
  holders: ReadonlyMap<string, Known>,
): (listing: Listing) => boolean {
  const here = new Set(listed.flatMap(({ uidl }) => holders.get(uidl) ?? []));
  const lost = [...stored.values()].filter((row) => row.hasHeader && !row.wasRemoved && !here.has(row));
  const sizes = new Set(lost.map((row) => row.size_bytes));
  // Nothing by its name: mail that moved to another server, which may also count bytes otherwise.
  const isAllNew = lost.length > 0 && here.size === 0;
  return ({ sizeBytes }) => isAllNew || sizes.has(sizeBytes);
}

/**
 * The name here of what the server calls otherwise, once what is in doubt was looked at. In doubt is also what is new, where
 * something of its size has gone: a server that was moved or repaired calls all of its mail otherwise.
 */
export async function nameListed(
  listed: Listing[],
  stored: ReadonlyMap<string, Known>,
  check: Check | undefined,
): Promise<Awaited<ReturnType<TellApart>>> {
  const holders = new Map([...stored.values()].map((row) => [heldName(row), row]));
  const isLost = mayBeLost(listed, stored, holders);
  const plain = new Set([...stored.keys()].map(plainName).filter((name) => name !== ''));
  const doubts: Doubt[] = [];
  const sure: Doubt[] = [];
  const names = new Map<string, string>();
  for (const listing of listed) {
    const { uidl, sizeBytes } = listing;
    const row = holders.get(uidl);
    if (row && row.uidl !== uidl) names.set(uidl, row.uidl);
    const isResized = row !== undefined && row.size_bytes !== sizeBytes;
    const isBack = row !== undefined && row.missing_since_ms !== null;
    const isTaken = row === undefined && plain.has(plainName(uidl));
    if (isTaken || (row === undefined && isLost(listing))) doubts.push({ uidl, known: null, isTaken, isResized });
    else if (row?.hasHeader)
      (check?.isDoubted || isResized || isBack ? doubts : sure).push({
        uidl,
        known: row.uidl,
        isTaken: false,
        isResized: isResized && !isBack && check?.isDoubted !== true,
      });
  }
  if (!check || doubts.length === 0) return { names, unsettled: new Set(), unknown: new Set() };
  const told = await check.tellApart(doubts, sure);
  for (const [uidl, name] of told.names) names.set(uidl, name);
  return { ...told, names };
}
