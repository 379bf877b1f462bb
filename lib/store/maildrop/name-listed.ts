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
}

/** All that the server has listed, by its name here. */
export async function readKnown(db: Kysely<Tables>, accountId: string): Promise<Map<string, Known>> {
  const rows = await db
    .selectFrom('maildrop_message')
    .select(['uidl', 'size_bytes', 'missing_since_ms', 'listed_as'])
    .select(sql<number>`case when content is null then 0 else 1 end`.as('is_kept'))
    .select(sql<number>`case when header is null then 0 else 1 end`.as('has_header'))
    .where('account_id', '=', accountId)
    .where('is_own', '=', 0)
    .execute();
  return new Map(
    rows.map(({ uidl, size_bytes, missing_since_ms, listed_as, is_kept, has_header }) => [
      uidl,
      {
        uidl,
        size_bytes: Number(size_bytes),
        missing_since_ms: missing_since_ms === null ? null : Number(missing_since_ms),
        listed_as,
        isKept: Number(is_kept) === 1,
        hasHeader: Number(has_header) === 1,
      },
    ]),
  );
}

/** What the server calls it, as far as we heard; empty: nothing. */
export const heldName = ({ listed_as, uidl }: Known): string => listed_as ?? uidl;

/** A unique-id that several messages had has a digest behind it (identify.ts). */
const plainName = (uidl: string): string => uidl.split(' ', 1)[0] ?? '';

/** The name here of what the server calls otherwise, once what is in doubt was looked at. */
export async function nameListed(
  listed: Listing[],
  stored: ReadonlyMap<string, Known>,
  check: Check | undefined,
): Promise<Awaited<ReturnType<TellApart>>> {
  const holders = new Map([...stored.values()].map((row) => [heldName(row), row]));
  const plain = new Set([...stored.keys()].map(plainName).filter((name) => name !== ''));
  const doubts: Doubt[] = [];
  const sure: Doubt[] = [];
  const names = new Map<string, string>();
  for (const { uidl, sizeBytes } of listed) {
    const row = holders.get(uidl);
    if (row && row.uidl !== uidl) names.set(uidl, row.uidl);
    const isResized = row !== undefined && row.size_bytes !== sizeBytes;
    const isBack = row !== undefined && row.missing_since_ms !== null;
    if (row === undefined && plain.has(plainName(uidl))) doubts.push({ uidl, known: null, isResized });
    else if (row?.hasHeader)
      (check?.isDoubted || isResized || isBack ? doubts : sure).push({
        uidl,
        known: row.uidl,
        isResized: isResized && !isBack && check?.isDoubted !== true,
      });
  }
  if (!check || doubts.length === 0) return { names, unsettled: new Set() };
  const told = await check.tellApart(doubts, sure);
  for (const [uidl, name] of told.names) names.set(uidl, name);
  return { names, unsettled: told.unsettled };
}
