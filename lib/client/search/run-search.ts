import type { MailErrorCode } from '../../mail/errors.ts';
import type { SearchEvent } from '../../mail/model.ts';
import { type Answer, open } from '../api.ts';
import { ApiError } from '../api-error.ts';
import { allAccounts, unitedId, unitedRow } from '../united/united-id.ts';
import { readLines } from './read-lines.ts';
import type { SearchNews } from './search-store.ts';

type Line = SearchEvent | Answer<'searchAccounts'> | { type: 'problem'; code: MailErrorCode };

/** Searches one mailbox, all of the account or all accounts; yields what the server tells, as it tells it. Aborting cancels it there too. */
export async function* runSearch(
  request: { accountId: string; query: string; mailboxId: string | null; isCollapsed: boolean },
  signal: AbortSignal,
): AsyncIterable<SearchNews> {
  const { accountId, query: q, mailboxId, isCollapsed } = request;
  const response =
    accountId === allAccounts
      ? await open('searchAccounts', { query: { q }, signal })
      : await open('search', {
          params: { accountId },
          query: {
            q,
            ...(mailboxId === null ? {} : { in: mailboxId }),
            // Words may name one folder as well (`in:`).
            ...(isCollapsed ? { collapse: 'true' } : {}),
          },
          signal,
        });
  if (response.body === null) throw new ApiError({ code: 'internal', status: response.status });
  let isDone = false;
  for await (const line of readLines(response.body)) {
    const event = unite(JSON.parse(line) as Line);
    if (event.type === 'problem') throw new ApiError({ code: event.code, status: 0 });
    isDone = event.type === 'done';
    yield event;
  }
  // A stream that ends before its last line was cut: the hits so far are right, but not all.
  if (!isDone) throw new ApiError({ code: 'unreachable', status: 0 });
}

/** Of all accounts, by the names that messages and folders have among all. */
function unite(line: Line): Exclude<Line, { accountId: string }> | SearchNews {
  if (!('accountId' in line) || line.type === 'missing') return line;
  const { accountId } = line;
  const mailboxId = unitedId(accountId, line.mailboxId);
  if (line.type === 'incomplete') return { ...line, mailboxId };
  return { ...line, mailboxId, items: line.items.map((row) => unitedRow(accountId, row)) };
}
