import type { ListResponse } from 'imapflow';
import { MailError } from '../errors.ts';
import { mailboxIdOf } from '../ids.ts';
import type { Mailbox, MailboxRole } from '../model.ts';
import type { Keeping } from './pool-types.ts';

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

/** What SELECT told of those that were opened: LIST does not tell it. */
type Kept = ReadonlyMap<string, Keeping>;

/**
 * LIST answers (RFC 9051 §7.3.1) as mailboxes. The personal prefix is not shown: below `INBOX.` the folders are roots,
 * not children of the Inbox. Parents that the server does not list are made up, not selectable. Throws `tooLarge` past
 * 5,000 of those: twenty thousand names may have ten million parents.
 */
export function translateMailboxes(
  entries: readonly ListResponse[],
  { prefix }: Prefixes,
  keeping: Kept = new Map(),
): Mailbox[] {
  const listed = new Map<string, ListResponse>();
  for (const entry of entries) if (isNameable(entry) && !listed.has(entry.path)) listed.set(entry.path, entry);
  return [...listed.values(), ...missingParents(listed, prefix)].map((entry) =>
    translateMailbox(entry, prefix, keeping.get(entry.path)),
  );
}

/** No id of the API could name a longer path; and each level of it would be a folder of its own. */
const maxPathLength = 1_000;
const maxMadeUp = 5_000;
const isNameable = ({ path }: ListResponse) => path !== '' && path.length <= maxPathLength;

function translateMailbox(entry: ListResponse, prefix: string, keeping: Keeping | undefined): Mailbox {
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
      maySetKeywords: isSelectable && keeping?.maySet !== false,
      mayMakeKeywords: isSelectable && keeping?.mayMake !== false,
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

/** Where the part of the path begins that is shown. */
const shownFrom = (path: string, prefix: string): number =>
  path.startsWith(prefix) && path.length > prefix.length ? prefix.length : 0;

function segmentsOf(path: string, delimiter: string, prefix: string): string[] {
  const shown = path.slice(shownFrom(path, prefix));
  return delimiter ? shown.split(delimiter) : [shown];
}

function parentPathOf(path: string, delimiter: string, prefix: string): string | null {
  const end = delimiter ? path.lastIndexOf(delimiter) : -1;
  return end < shownFrom(path, prefix) ? null : path.slice(0, end);
}

function parentIdOf(path: string, delimiter: string, prefix: string): string | null {
  const parent = parentPathOf(path, delimiter, prefix);
  return parent === null ? null : mailboxIdOf(parent);
}

function missingParents(listed: ReadonlyMap<string, ListResponse>, prefix: string): ListResponse[] {
  const missing = new Map<string, ListResponse>();
  for (const { path, delimiter } of listed.values()) {
    let parent = parentPathOf(path, delimiter, prefix);
    while (parent && !listed.has(parent) && !missing.has(parent)) {
      if (missing.size >= maxMadeUp) throw new MailError('tooLarge', 'the server lists more folders than are read');
      missing.set(parent, { ...bare, path: parent, delimiter, flags: new Set(['\\Noselect']) });
      parent = parentPathOf(parent, delimiter, prefix);
    }
  }
  return [...missing.values()];
}

const bare = { pathAsListed: '', name: '', parent: [], parentPath: '', listed: false, subscribed: true };
