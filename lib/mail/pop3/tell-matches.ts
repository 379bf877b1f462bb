import type { Channel } from '../channel.ts';
import { mailboxIdOf } from '../ids.ts';
import type { SearchEvent } from '../model.ts';
import type { Query } from '../query.ts';
import type { Pop3Account } from './account.ts';
import { reasonOf } from './connect.ts';
import type { MaildropRow, SearchRequest } from './maildrop.ts';
import { translateSummary } from './summarise.ts';

/** One search as it runs. */
export interface Search {
  account: Pop3Account;
  query: Query;
  signal: AbortSignal;
  channel: Channel<SearchEvent>;
  /** The unique-ids of what was told. */
  found: Set<string>;
  maxHits: number;
  /** Where a conversation is a row: those that were told, and what is in none by its unique-id. Null: messages are. */
  told: Set<string> | null;
}

/** Of which messages: of these mailboxes, or of some messages in them. */
export type Scope = Omit<SearchRequest, 'query'>;

/**
 * Tells what is known to match and was not told yet. What has no header yet waits, since it is about to be read, unless
 * `isBare`.
 */
export async function tellMatches(search: Search, scope: Scope, { isBare = false } = {}): Promise<void> {
  const { account, query, channel, found } = search;
  for await (const rows of account.store.search(account.accountId, { query, ...scope })) {
    if (search.signal.aborted) throw reasonOf(search.signal);
    const fresh = rows
      .filter(({ uidl, header }) => !found.has(uidl) && (isBare || header !== null))
      .slice(0, search.maxHits - found.size);
    for (const { uidl } of fresh) found.add(uidl);
    for (const key of new Set(fresh.map(({ mailboxKey }) => mailboxKey))) {
      const rows = await conversationsOf(
        search,
        fresh.filter(({ mailboxKey }) => mailboxKey === key),
        key,
      );
      if (rows.length > 0)
        channel.push({ type: 'hits', mailboxId: mailboxIdOf(key), items: rows.map(translateSummary) });
    }
    if (hasEnough(search)) return;
    await channel.drained();
  }
}

async function conversationsOf(
  { account, told }: Search,
  rows: MaildropRow[],
  mailboxKey: string,
): Promise<MaildropRow[]> {
  if (told === null) return rows;
  const fresh = rows.filter(({ uidl, threadId }) => {
    const name = threadId ?? ` ${uidl}`;
    const isNew = !told.has(name);
    told.add(name);
    return isNew;
  });
  return await account.store.withThreads(account.accountId, { mailboxKey, rows: fresh });
}

export const hasEnough = ({ found, maxHits }: Search): boolean => found.size >= maxHits;
