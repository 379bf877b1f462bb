import type { CallOptions, ListRequest } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { MessageSummary, Page } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { inboxKey } from './inbox.ts';
import { isMaildropWanted } from './lock.ts';
import { mailboxKeyOf } from './mailboxes.ts';
import { needsHeaders } from './order.ts';
import { readUnread } from './read-unread.ts';
import { checkOpen, isFresh, type Refreshing, refreshInbox } from './refresh.ts';
import { maildropName } from './session.ts';
import { translateSummary } from './summarise.ts';

/** So long a page waits for headers beyond its rows: a maildrop of some hundreds is known whole at first sight. */
const pauseMs = 250;
/** So long the session goes on reading older headers once the page was given, while nobody else wants the maildrop. */
const aheadMs = 20_000;
/** An order or filter by header waits so long for headers that are not known; then the page says `isPartial`. */
const patienceMs = 20_000;
/** Headers beyond the page's own that one request looks for. */
const aheadCount = 2_000;

/**
 * A page of a mailbox from the store. For the Inbox the server is asked first: UIDL and LIST, and TOP for headers that
 * are not known yet. Where it cannot be asked, or wants more time between sign-ins, the page is of what it listed last.
 */
export async function listMessages(
  account: Pop3Account,
  request: ListRequest,
  options: CallOptions = {},
): Promise<Page<MessageSummary>> {
  const { position, limit, sort, filter } = request;
  if (!Number.isInteger(position) || position < 0 || !Number.isInteger(limit) || limit < 1 || limit > 200) {
    throw new MailError('invalid', 'no such window', { detail: 'position' });
  }
  const mailboxKey = await mailboxKeyOf(account, request.mailboxId);
  checkOpen(account, options.signal);
  if (mailboxKey !== inboxKey) return (await pageOf(account, mailboxKey, request)).page;
  if (isFresh(account)) {
    const { page, isKnown } = await pageOf(account, mailboxKey, request);
    if (isKnown) return page;
  }
  const refused = new Set<string>();
  const work: Refreshing['work'] = async (wire, entries, later) => {
    const byUidl = new Map(entries.map((entry) => [entry.uidl, entry]));
    const read = async (uidls: string[], mayGoOn?: () => boolean) => {
      for (const uidl of await readUnread(account, wire, { entries: byUidl, uidls }, mayGoOn)) refused.add(uidl);
    };
    const isWhole = needsHeaders(sort, filter);
    const unread = await account.store.listUnread(account.accountId);
    if (unread.length === 0) return;
    if (!isWhole) await read(await windowOf(account, request));
    const rest = isWhole ? unread : unread.slice(0, aheadCount);
    await read(rest, within(isWhole ? patienceMs : pauseMs));
    const mayGoOn = within(aheadMs);
    later(() => read(unread, () => mayGoOn() && !isMaildropWanted(maildropName(account.access))));
  };
  const isDone = async () =>
    needsHeaders(sort, filter) ? !(await isByArrival(account)) : (await pageOf(account, mailboxKey, request)).isKnown;
  const problem = await refreshInbox(account, options, { work, isDone });
  const { page } = await pageOf(account, mailboxKey, request, refused);
  return problem === null ? page : { ...page, problem };
}

/** Whether headers of the Inbox are unknown that the server has not refused in this very session. */
export async function isByArrival(account: Pop3Account, refused: ReadonlySet<string> = new Set()): Promise<boolean> {
  return (await account.store.listUnread(account.accountId)).some((uidl) => !refused.has(uidl));
}

/** `isKnown`: the headers of all its rows are. By dates it is ordered once every header is: rows do not jump as they come in. */
async function pageOf(
  account: Pop3Account,
  mailboxKey: string,
  { position, limit, sort, filter, collapse }: ListRequest,
  refused?: ReadonlySet<string>,
): Promise<{ page: Page<MessageSummary>; isKnown: boolean }> {
  const byArrival = mailboxKey === inboxKey && (await isByArrival(account, refused));
  const window = { mailboxKey, position, limit, sort, filter, byArrival, isCollapsed: collapse };
  const { rows, total, state } = await account.store.page(account.accountId, window);
  const page = { position, total, state, items: rows.map(translateSummary) };
  return {
    page: needsHeaders(sort, filter) && byArrival ? { ...page, isPartial: true } : page,
    isKnown: rows.every(({ header }) => header !== null),
  };
}

async function windowOf(account: Pop3Account, { position, limit, sort, filter }: ListRequest): Promise<string[]> {
  const window = { mailboxKey: inboxKey, position, limit, sort, filter, byArrival: true };
  return (await account.store.page(account.accountId, window)).rows.map(({ uidl }) => uidl);
}

function within(ms: number): () => boolean {
  const until = Date.now() + ms;
  return () => Date.now() < until;
}
