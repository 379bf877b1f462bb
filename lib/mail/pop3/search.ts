import { createChannel } from '../channel.ts';
import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { SearchEvent } from '../model.ts';
import type { Query } from '../query.ts';
import type { Pop3Account } from './account.ts';
import { inboxId, inboxKey } from './inbox.ts';
import { findLocal } from './mailboxes.ts';
import { isAllKnown, searchServer } from './search-server.ts';
import { searchUnread } from './search-unread.ts';
import { type Scope, type Search, tellMatches } from './tell-matches.ts';

/** As over IMAP. */
const maxHits = 5_000;

/**
 * Searches one mailbox or all, newest first, Junk and Trash last: by the words that are known here, for which no server
 * is asked; then in what is kept and was not read yet; then in what the server alone has. 5,000 hits at most, as they are
 * found. Throws what a session can where the server was never reached; ending the iteration closes it without QUIT.
 */
export async function* searchMessages(
  account: Pop3Account,
  request: { query: Query; mailboxId?: string; maxHits?: number; collapse?: boolean },
  options: CallOptions = {},
): AsyncGenerator<SearchEvent> {
  const places = await placesOf(account, request.mailboxId);
  const ending = new AbortController();
  const stop = () => ending.abort(new MailError('cancelled', 'the search was stopped'));
  for (const one of [options.signal, account.access.closed]) one?.addEventListener('abort', stop);
  if (options.signal?.aborted || account.access.closed.aborted) stop();
  const channel = createChannel<SearchEvent>();
  const search = { account, channel, signal: ending.signal, found: new Set<string>(), maxHits, ...request };
  const told = request.collapse && request.mailboxId !== undefined ? new Set<string>() : null;
  const searching = runSearch({ ...search, told }, places).then(() => channel.end(), channel.end);
  try {
    yield* channel.items();
  } finally {
    stop();
    channel.end();
    for (const one of [options.signal, account.access.closed]) one?.removeEventListener('abort', stop);
    await searching;
  }
}

async function runSearch(search: Search, places: Scope['mailboxes'][]): Promise<void> {
  const inbox = { mailboxes: places.flat().filter(({ key }) => key === inboxKey) };
  const wasAllKnown = await isAllKnown(search, inbox);
  for (const mailboxes of places) await tellMatches(search, { mailboxes });
  await searchUnread(search, { mailboxes: places.flat() });
  if (inbox.mailboxes.length > 0) await searchServer(search, inbox);
  // What a collection has taken in meanwhile was unknown when it was looked for, and known when the server was.
  if (!wasAllKnown) await tellMatches(search, inbox, { isBare: true });
  search.channel.push({ type: 'done', total: search.told?.size ?? search.found.size });
}

/** The mailbox asked for, or all: then Junk and Trash in a second run. */
async function placesOf(account: Pop3Account, mailboxId: string | undefined): Promise<Scope['mailboxes'][]> {
  const inbox = { key: inboxKey, name: 'Inbox' };
  if (mailboxId === inboxId) return [[inbox]];
  if (mailboxId !== undefined) return [[await findLocal(account, mailboxId)]];
  const local = await account.mailboxes.list(account.accountId);
  const isLast = (role: string | null) => role === 'junk' || role === 'trash';
  return [[inbox, ...local.filter(({ role }) => !isLast(role))], local.filter(({ role }) => isLast(role))];
}
