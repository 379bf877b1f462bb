import type { MessageSummary } from '../../mail/model.ts';
import { maxQueryLength, parseQuery, type Query } from '../../mail/query.ts';
import { ApiError } from '../api-error.ts';
import type { SearchView } from '../list/lists.ts';
import { allAccounts, ownOf, unitedRow } from '../united/united-id.ts';
import { runSearch } from './run-search.ts';

/**
 * What one folder holds of a search by now; null where words are looked for: a server without an index reads all of its mail
 * for them, which is too much at every change. Rejects with an ApiError where the folder could not be searched whole.
 */
export async function searchAgain(
  view: SearchView,
  mailboxId: string,
  signal: AbortSignal,
): Promise<MessageSummary[] | null> {
  if (view.query.length > maxQueryLength || readsWords(parseQuery(view.query))) return null;
  const isUnited = view.accountId === allAccounts;
  const own = isUnited ? ownOf(mailboxId, '') : { accountId: view.accountId, id: mailboxId };
  const items: MessageSummary[] = [];
  const request = { ...view, accountId: own.accountId, mailboxId: own.id };
  for await (const event of runSearch(request, signal)) {
    if (event.type === 'hits') items.push(...event.items);
    if (event.type === 'incomplete') throw new ApiError({ code: event.code, status: 0 });
  }
  return isUnited ? items.map((row) => unitedRow(own.accountId, row)) : items;
}

function readsWords(query: Query): boolean {
  if (query.type === 'and' || query.type === 'or') return query.terms.some(readsWords);
  if (query.type === 'not') return readsWords(query.term);
  return query.type === 'text' || query.type === 'from' || query.type === 'to' || query.type === 'subject';
}
