import { createHash } from 'node:crypto';
import type { CallOptions, ListRequest } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { MessageSummary, Page } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { type Held, isUnread, keptContents, readContents, readHeaders } from './contents.ts';
import { checkInbox } from './inbox.ts';
import { isMaildropWanted } from './lock.ts';
import { needsHeaders, orderHeld, passes } from './order.ts';
import { maildropName, withMaildrop } from './session.ts';
import { translateSummary } from './summarise.ts';

/** So long a page waits for headers beyond its rows: a maildrop of some hundreds is known whole at first sight. */
const pauseMs = 250;
/** So long the session goes on reading older headers once the page was given, while nobody else wants the maildrop. */
const aheadMs = 20_000;
/** An order or filter by header waits so long for headers that are not known; then the page says `isPartial`. */
const patienceMs = 20_000;

/**
 * A page of the maildrop: one session with UIDL and LIST, and TOP for headers that are not in the store yet. Where the
 * server wants more time between sign-ins, the page is of what it listed last.
 */
export async function listMessages(
  account: Pop3Account,
  request: ListRequest,
  options: CallOptions = {},
): Promise<Page<MessageSummary>> {
  checkInbox(request.mailboxId);
  const { position, limit, sort, filter } = request;
  if (!Number.isInteger(position) || position < 0 || !Number.isInteger(limit) || limit < 1 || limit > 200) {
    throw new MailError('invalid', 'no such window', { detail: 'position' });
  }
  const kept = await keptContents(account);
  if (kept && windowOf(kept, request).every(({ row }) => row.header !== null)) return pageOf(kept, request);
  return await withMaildrop(account.access, { signal: options.signal }, async (wire, later) => {
    const contents = await readContents(account, wire);
    const isWhole = needsHeaders(sort, filter);
    if (!isWhole) await readHeaders(account, wire, windowOf(contents, request));
    await readHeaders(account, wire, contents, within(isWhole ? patienceMs : pauseMs));
    const mayGoOn = within(aheadMs);
    later(() =>
      readHeaders(account, wire, contents, () => mayGoOn() && !isMaildropWanted(maildropName(account.access))),
    );
    return pageOf(contents, request);
  });
}

function pageOf(contents: Held[], request: ListRequest): Page<MessageSummary> {
  const { position, sort, filter } = request;
  return {
    position,
    total: contents.filter((held) => passes(held, filter)).length,
    state: stateOf(contents),
    items: windowOf(contents, request).map(({ entry, row }) => translateSummary(entry, row)),
    ...(needsHeaders(sort, filter) && contents.some(isUnread) ? { isPartial: true } : {}),
  };
}

function within(ms: number): () => boolean {
  const until = Date.now() + ms;
  return () => Date.now() < until;
}

function windowOf(contents: Held[], { position, limit, sort, filter }: ListRequest): Held[] {
  const matching = contents.filter((held) => passes(held, filter));
  return orderHeld(matching, sort).slice(position, position + limit);
}

/** Changes with what the maildrop holds, with our keywords, and when the order turns from arrival to dates. */
function stateOf(contents: Held[]): string {
  const hash = createHash('sha256');
  for (const { row } of contents) hash.update(`${row.uidl}\n${row.keywords.toSorted().join(' ')}\n`);
  hash.update(contents.some(isUnread) ? 'arrival' : 'dates');
  return hash.digest('base64url').slice(0, 22);
}
