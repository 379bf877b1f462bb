import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { pop3MessageIdOf } from '../ids.ts';
import type { ListFilter } from '../model.ts';
import type { Query } from '../query.ts';
import type { Pop3Account } from './account.ts';
import { inboxKey } from './inbox.ts';
import { isByArrival } from './list.ts';
import { mailboxKeyOf } from './mailboxes.ts';
import { readHeaders } from './read-headers.ts';
import { checkOpen, type Refreshing, refreshInbox } from './refresh.ts';
import { searchMessages } from './search.ts';

const maxIds = 100_000;

/** The ids of a mailbox, newest first, or of what passes `filter` and matches `query`; 100,000 at most. */
export async function listMessageIds(
  account: Pop3Account,
  request: { mailboxId: string; filter?: ListFilter; query?: Query; collapse?: boolean },
  options: CallOptions = {},
): Promise<string[]> {
  const { filter, query, mailboxId } = request;
  const mailboxKey = await mailboxKeyOf(account, mailboxId);
  checkOpen(account, options.signal);
  const found = query ? await foundBy(account, { query, mailboxId }, options) : null;
  if (mailboxKey === inboxKey) await refresh(account, filter, options);
  const byArrival = mailboxKey === inboxKey && (await isByArrival(account));
  const uidls = await account.store.listUidls(account.accountId, { mailboxKey, filter, byArrival, limit: maxIds });
  const matching = found ? uidls.filter((uidl) => found.has(pop3MessageIdOf(uidl))) : uidls;
  const all = request.collapse
    ? await account.store.withCompanions(account.accountId, { mailboxKey, uidls: matching })
    : matching;
  return all.slice(0, maxIds).map(pop3MessageIdOf);
}

/** "All" must be all: a server that cannot be asked is an error here. */
async function refresh(account: Pop3Account, filter: ListFilter | undefined, options: CallOptions): Promise<void> {
  const { accountId, store } = account;
  const work: Refreshing['work'] = async (wire, entries) => {
    if (filter !== 'attachment') return;
    const rows = await store.find(accountId, await store.listUnread(accountId));
    const held = entries.flatMap((entry) => {
      const row = rows.get(entry.uidl);
      return row ? [{ entry, row }] : [];
    });
    await readHeaders(account, wire, held);
  };
  const isDone = async () => filter !== 'attachment' || (await store.listUnread(accountId)).length === 0;
  const problem = await refreshInbox(account, options, { work, isDone });
  if (problem !== null) throw new MailError(problem, 'the server could not be asked for all of it');
}

/** "All N of the result" must be all: a search that could not be finished is an error here. */
async function foundBy(
  account: Pop3Account,
  request: { query: Query; mailboxId: string },
  options: CallOptions,
): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const event of searchMessages(account, { ...request, maxHits: maxIds }, options)) {
    if (event.type === 'incomplete') throw new MailError(event.code, 'the search could not be finished');
    if (event.type === 'hits') for (const item of event.items) found.add(item.id);
  }
  return found;
}
