import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { mailboxIdOf, parseMailboxId } from '../ids.ts';
import type { Mailbox } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { inboxId, inboxKey, inboxOf } from './inbox.ts';
import type { LocalMailbox } from './mailbox-store.ts';
import { readUnread } from './read-unread.ts';
import { isFresh, type Refreshing, refreshInbox } from './refresh.ts';
import { refusedLately } from './refusals.ts';

/** The Inbox and what lives here. For counts the server is asked first, where it can be. */
export async function listMailboxes(
  account: Pop3Account,
  { counts }: { counts: boolean },
  options: CallOptions = {},
): Promise<Mailbox[]> {
  if (counts && !isFresh(account)) await refreshInbox(account, options, counting(account));
  const local = await account.mailboxes.list(account.accountId);
  const counted = counts ? await account.store.counts(account.accountId) : null;
  const countsOf = (key: string) => counted && (counted.get(key) ?? { total: 0, unread: 0 });
  return [
    inboxOf(countsOf(inboxKey)),
    ...local.map((mailbox) => translateMailbox(mailbox, local, countsOf(mailbox.key))),
  ];
}

/** New mail that comes with a count: its headers are read once the answer is given, so that the list beside it need not ask. */
const mostNew = 50;

function counting(account: Pop3Account): Refreshing {
  const { accountId, store } = account;
  return {
    isDone: async () => true,
    async work(wire, listed, later) {
      const lately = refusedLately(accountId);
      const uidls = (await store.listUnread(accountId)).filter((uidl) => !lately.has(uidl)).slice(0, mostNew);
      if (uidls.length === 0) return;
      const entries = new Map(listed.map((entry) => [entry.uidl, entry]));
      later(async () => void (await readUnread(account, wire, { entries, uidls })));
    },
  };
}

/** The key in an id. Throws `notFound` where the account has no such mailbox. */
export async function mailboxKeyOf(account: Pop3Account, mailboxId: string): Promise<string> {
  if (mailboxId === inboxId) return inboxKey;
  return (await findLocal(account, mailboxId)).key;
}

/** A mailbox that lives here. Throws `notFound`, and `invalid` for the Inbox, which does not. */
export async function findLocal(account: Pop3Account, mailboxId: string): Promise<LocalMailbox> {
  const key = parseMailboxId(mailboxId);
  if (key === inboxKey) throw new MailError('invalid', 'the Inbox stays where it is', { detail: 'mailboxId' });
  const found = (await account.mailboxes.list(account.accountId)).find((mailbox) => mailbox.key === key);
  if (!found) throw new MailError('notFound', 'there is no such mailbox', { detail: mailboxId });
  return found;
}

export function translateMailbox(
  mailbox: LocalMailbox,
  all: LocalMailbox[],
  counts: { total: number; unread: number } | null,
): Mailbox {
  const isOurs = mailbox.role === null;
  return {
    id: mailboxIdOf(mailbox.key),
    name: mailbox.name,
    path: pathOf(mailbox, all).join(' / '),
    parentId: mailbox.parentKey === null ? null : mailboxIdOf(mailbox.parentKey),
    role: mailbox.role,
    totalMessages: counts?.total ?? null,
    unreadMessages: counts?.unread ?? null,
    isSubscribed: mailbox.isSubscribed,
    isSelectable: true,
    isLocal: true,
    rights: {
      maySetKeywords: true,
      mayMakeKeywords: true,
      mayAddItems: true,
      mayRemoveItems: true,
      mayCreateChild: true,
      mayRename: isOurs,
      mayDelete: isOurs,
    },
  };
}

/** The names from the root down. */
function pathOf(mailbox: LocalMailbox, all: LocalMailbox[]): string[] {
  const names = [mailbox.name];
  const seen = new Set([mailbox.key]);
  for (let at = mailbox; at.parentKey !== null && !seen.has(at.parentKey); ) {
    const parent = all.find(({ key }) => key === at.parentKey);
    if (!parent) break;
    names.unshift(parent.name);
    seen.add(parent.key);
    at = parent;
  }
  return names;
}
