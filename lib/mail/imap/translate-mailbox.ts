import type { ListResponse } from 'imapflow';
import { MailError } from '../errors.ts';
import { mailboxIdOf } from '../ids.ts';
import type { Mailbox, MailboxRole } from '../model.ts';

const roles: Record<string, MailboxRole> = {
  '\\Inbox': 'inbox',
  '\\Sent': 'sent',
  '\\Drafts': 'drafts',
  '\\Archive': 'archive',
  '\\Junk': 'junk',
  '\\Trash': 'trash',
  '\\All': 'all',
  '\\Flagged': 'flagged',
  '\\Important': 'important',
};

export interface Prefixes {
  /** Of the personal namespace (RFC 2342), as `INBOX.`. */
  prefix: string;
}

/**
 * LIST answers (RFC 9051 §7.3.1) as mailboxes. The personal prefix is not shown: below `INBOX.` the folders are roots,
 * not children of the Inbox. Parents that the server does not list are made up, not selectable. Throws `tooLarge` past
 * 5,000 of those: twenty thousand names may have ten million parents.
 */
export function translateMailboxes(entries: readonly ListResponse[], { prefix }: Prefixes): Mailbox[] {
  const mailboxes = new Map<string, Mailbox>();
  for (const entry of entries) {
    if (!isNameable(entry) || mailboxes.has(entry.path)) continue;
    mailboxes.set(entry.path, translateMailbox(entry, prefix));
  }
  const maxSize = mailboxes.size + maxMadeUp;
  for (const entry of entries) if (isNameable(entry)) addParents(mailboxes, entry, prefix, maxSize);
  return [...mailboxes.values()];
}

/** No id of the API could name a longer path; and each level of it would be a folder of its own. */
const maxPathLength = 1_000;
const maxMadeUp = 5_000;
const isNameable = ({ path }: ListResponse) => path !== '' && path.length <= maxPathLength;

function translateMailbox(entry: ListResponse, prefix: string): Mailbox {
  const segments = segmentsOf(entry.path, entry.delimiter, prefix);
  const isInbox = entry.path.toUpperCase() === 'INBOX';
  const flags = new Set([...entry.flags].map((flag) => flag.toLowerCase()));
  // Courier marks an Inbox with folders below it \Noselect.
  const isSelectable = isInbox || (!flags.has('\\noselect') && !flags.has('\\nonexistent'));
  return {
    id: mailboxIdOf(entry.path),
    name: segments.at(-1) ?? entry.path,
    path: segments.join(' / '),
    parentId: parentIdOf(entry.path, entry.delimiter, prefix),
    role: isInbox ? 'inbox' : (roles[entry.specialUse ?? ''] ?? (flags.has('\\important') ? 'important' : null)),
    totalMessages: isSelectable ? (entry.status?.messages ?? null) : null,
    unreadMessages: isSelectable ? (entry.status?.unseen ?? null) : null,
    isSubscribed: entry.subscribed || isInbox,
    isSelectable,
    rights: {
      maySetKeywords: isSelectable,
      mayAddItems: isSelectable,
      mayRemoveItems: isSelectable,
      mayCreateChild: Boolean(entry.delimiter) && !flags.has('\\noinferiors') && !(isInbox && isNestedPrefix(prefix)),
      mayRename: !isInbox,
      mayDelete: !isInbox,
    },
  };
}

/** With a prefix as `INBOX.`, whatever is made "in the Inbox" becomes a root. */
const isNestedPrefix = (prefix: string) => /^inbox.$/i.test(prefix);

function segmentsOf(path: string, delimiter: string, prefix: string): string[] {
  const shown =
    prefix !== '' && path.startsWith(prefix) && path.length > prefix.length ? path.slice(prefix.length) : path;
  return delimiter ? shown.split(delimiter) : [shown];
}

function parentPathOf(path: string, delimiter: string, prefix: string): string | null {
  const segments = segmentsOf(path, delimiter, prefix);
  if (segments.length < 2) return null;
  return path.slice(0, path.length - (segments.at(-1)?.length ?? 0) - delimiter.length);
}

function parentIdOf(path: string, delimiter: string, prefix: string): string | null {
  const parent = parentPathOf(path, delimiter, prefix);
  return parent === null ? null : mailboxIdOf(parent);
}

function addParents(mailboxes: Map<string, Mailbox>, entry: ListResponse, prefix: string, maxSize: number): void {
  for (
    let path = parentPathOf(entry.path, entry.delimiter, prefix);
    path;
    path = parentPathOf(path, entry.delimiter, prefix)
  ) {
    if (mailboxes.has(path)) return;
    const flags = new Set(['\\Noselect']);
    if (mailboxes.size >= maxSize) throw new MailError('tooLarge', 'the server lists more folders than are read');
    mailboxes.set(path, translateMailbox({ ...bare, path, delimiter: entry.delimiter, flags }, prefix));
  }
}

const bare = { pathAsListed: '', name: '', parent: [], parentPath: '', listed: false, subscribed: true };
