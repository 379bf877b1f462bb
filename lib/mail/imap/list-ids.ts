import type { CallOptions } from '../driver.ts';
import { imapMessageIdOf, parseMailboxId } from '../ids.ts';
import type { ListFilter } from '../model.ts';
import { mentionsMailbox, type Query } from '../query.ts';
import { groupOrder, threadOf } from './group-order.ts';
import { threadsOf } from './known-threads.ts';
import { findMailbox } from './mailboxes.ts';
import { orderOf } from './order.ts';
import type { Account } from './pool-types.ts';
import { readWindow } from './read-window.ts';
import { wantsAttachment } from './search-mailbox.ts';
import { compileQuery } from './search-query.ts';
import { searchUids } from './search-uids.ts';
import type { Threads } from './threads.ts';
import { atom } from './wire.ts';
import { refresh, type Selected, withImap } from './with-imap.ts';

const maxIds = 100_000;
const checkedAtOnce = 500;

/** The ids of a mailbox or of what matches, newest first, at most 100,000: those that a list or search of it shows, and no other. */
export async function listMessageIds(
  account: Account,
  request: { mailboxId: string; filter?: ListFilter; query?: Query; collapse?: boolean },
  options: CallOptions = {},
): Promise<string[]> {
  const path = parseMailboxId(request.mailboxId);
  const { query } = request;
  const named = query && mentionsMailbox(query) ? await findMailbox(account, request.mailboxId, options) : null;
  const keys =
    query &&
    compileQuery(
      query,
      (name) => named?.name.toLowerCase() === name.toLowerCase() || named?.role === name.toLowerCase(),
    );
  return await withImap(account, { mailbox: path, mode: 'read', signal: options.signal }, async (selected) => {
    await refresh(selected);
    const filtered = request.filter ? await orderOf(selected, { filter: request.filter }) : null;
    let uids = filtered ? [...filtered.uids] : (await searchUids(selected.client, keys ?? [atom('ALL')])).reverse();
    if (filtered && keys) {
      const matching = new Set(await searchUids(selected.client, keys));
      uids = uids.filter((uid) => matching.has(uid));
    }
    if (request.filter === 'attachment' || (query && wantsAttachment(query)))
      uids = await withAttachment(selected, uids);
    if (request.collapse) uids = withConversations(await threadsOf(selected), uids);
    return uids.slice(0, maxIds).map((uid) => imapMessageIdOf({ path, uidValidity: selected.uidValidity, uid }));
  });
}

/** Every message of the conversations that these are in. */
const withConversations = (threads: Threads, uids: readonly number[]): number[] => [
  ...new Set([...groupOrder(Uint32Array.from(uids), threads)].flatMap((uid) => [...threadOf(threads, uid)])),
];

async function withAttachment(selected: Selected, uids: number[]): Promise<number[]> {
  const kept: number[] = [];
  for (let at = 0; at < uids.length; at += checkedAtOnce) {
    const items = await readWindow(selected, uids.slice(at, at + checkedAtOnce).join(','), true);
    const having = new Set(items.flatMap(({ facts }) => (facts.hasAttachment ? facts.uid : [])));
    kept.push(...uids.slice(at, at + checkedAtOnce).filter((uid) => having.has(uid)));
  }
  return kept;
}
