import type { MailErrorCode } from '../../mail/errors.ts';
import type { SearchEvent } from '../../mail/model.ts';
import { open } from '../api.ts';
import { ApiError } from '../api-error.ts';
import { readLines } from './read-lines.ts';

/** Searches one mailbox, or all of the account; yields what the server tells, as it tells it. Aborting cancels it there too. */
export async function* runSearch(
  request: { accountId: string; query: string; mailboxId: string | null },
  signal: AbortSignal,
): AsyncIterable<SearchEvent> {
  const { accountId, query: q, mailboxId } = request;
  const query = mailboxId === null ? { q } : { q, in: mailboxId };
  const response = await open('search', { params: { accountId }, query, signal });
  if (response.body === null) throw new ApiError({ code: 'internal', status: response.status });
  let isDone = false;
  for await (const line of readLines(response.body)) {
    const event = JSON.parse(line) as SearchEvent | { type: 'problem'; code: MailErrorCode };
    if (event.type === 'problem') throw new ApiError({ code: event.code, status: 0 });
    isDone = event.type === 'done';
    yield event;
  }
  // A stream that ends before its last line was cut: the hits so far are right, but not all.
  if (!isDone) throw new ApiError({ code: 'unreachable', status: 0 });
}
