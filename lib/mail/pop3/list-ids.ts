import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { pop3MessageIdOf } from '../ids.ts';
import type { ListFilter } from '../model.ts';
import type { Query } from '../query.ts';
import type { Pop3Account } from './account.ts';
import { readContents, readHeaders } from './contents.ts';
import { checkInbox, inboxId } from './inbox.ts';
import { orderHeld, passes } from './order.ts';
import { searchMessages } from './search.ts';
import { withMaildrop } from './session.ts';

const maxIds = 100_000;

/** The ids of the maildrop, newest first, or of what passes `filter` and matches `query`; 100,000 at most. */
export async function listMessageIds(
  account: Pop3Account,
  request: { mailboxId: string; filter?: ListFilter; query?: Query },
  options: CallOptions = {},
): Promise<string[]> {
  const { filter, query, mailboxId } = request;
  checkInbox(mailboxId);
  const found = query ? await foundBy(account, query, options) : null;
  const held = await withMaildrop(account.access, { signal: options.signal }, async (wire) => {
    const contents = await readContents(account, wire);
    if (filter === 'attachment') await readHeaders(account, wire, contents);
    return orderHeld(contents.filter((one) => passes(one, filter)));
  });
  const ids = held.map(({ entry }) => pop3MessageIdOf(entry.uidl));
  return (found ? ids.filter((id) => found.has(id)) : ids).slice(0, maxIds);
}

/** "All N of the result" must be all: a search that could not be finished is an error here. */
async function foundBy(account: Pop3Account, query: Query, options: CallOptions): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const event of searchMessages(account, { query, mailboxId: inboxId }, options)) {
    if (event.type === 'incomplete') throw new MailError(event.code, 'the search could not be finished');
    if (event.type === 'hits') for (const item of event.items) found.add(item.id);
  }
  return found;
}
