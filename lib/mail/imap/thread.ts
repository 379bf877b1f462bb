import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { imapMessageIdOf, parseImapMessageId } from '../ids.ts';
import type { MessageSummary } from '../model.ts';
import { threadsOf } from './known-threads.ts';
import { sameLife } from './life.ts';
import type { Account } from './pool-types.ts';
import { readWindow } from './read-window.ts';
import { summaryOf } from './summary.ts';
import { indexOfThread, threadAt } from './threads.ts';
import { refresh, withImap } from './with-imap.ts';

const mostTold = 200;

/** The conversation of a message in its mailbox, oldest first, the newest 200. Throws `stale` or `notFound`. */
export function getThread(account: Account, id: string, { signal }: CallOptions = {}): Promise<MessageSummary[]> {
  const ref = parseImapMessageId(id);
  return withImap(account, { mailbox: ref.path, mode: 'read', signal }, async (selected) => {
    sameLife(selected, ref);
    await refresh(selected);
    const threads = await threadsOf(selected);
    const index = indexOfThread(threads, ref.uid);
    // What is older than the window of joined messages stands alone.
    const members = index < 0 ? [ref.uid] : [...threadAt(threads, index)];
    const told = members.slice(0, mostTold);
    const items = await readWindow(selected, told.join(','), true);
    if (!items.some(({ facts }) => facts.uid === ref.uid) && told.includes(ref.uid))
      throw new MailError('notFound', `there is no message of UID ${ref.uid}`);
    const { uidValidity } = selected;
    const threadId = imapMessageIdOf({ path: ref.path, uidValidity, uid: members.at(-1) ?? ref.uid });
    items.sort((a, b) => a.facts.receivedAt.localeCompare(b.facts.receivedAt) || a.facts.uid - b.facts.uid);
    return items.map(({ facts, row }) => ({ ...summaryOf(ref.path, uidValidity, facts, row.flags ?? []), threadId }));
  });
}
