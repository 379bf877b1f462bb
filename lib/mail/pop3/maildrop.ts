import type { EmailAddress, ListFilter, Sort } from '../model.ts';
import type { Query } from '../query.ts';

/** What a header said when it was last read; kept so that a list costs the server nothing but UIDL and LIST. */
export interface MaildropHeader {
  subject: string;
  from: EmailAddress[];
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  receivedAt: string;
  sentAt: string | null;
  hasAttachment: boolean;
  /** False while only the first lines were read: then `hasAttachment` is a guess by the message's type. */
  isWhole: boolean;
  preview: string | null;
  /**
   * The Message-IDs that it names, what it answers first and its own last (RFC 5322 §3.6.4), at most 32. Missing where it
   * was read before conversations were kept.
   */
  messageIds?: string[];
  /** Its own, without brackets; missing or null where it has none, or was read before it was kept. */
  messageId?: string | null;
}

/** A message as the store knows it. POP3 keeps no flags (RFC 1939), so the keywords are ours. */
export interface MaildropRow {
  uidl: string;
  /** `INBOX`, or the key of a mailbox that lives here. */
  mailboxKey: string;
  sizeBytes: number;
  firstSeenAt: string;
  keywords: string[];
  /** Null until the header was read. */
  header: MaildropHeader | null;
  /** Its conversation; null where its header names no Message-ID. */
  threadId: string | null;
  /** SHA-256 of the bytes kept here; null when there are none. */
  content: string | null;
  /** The server listed it last time. */
  isListed: boolean;
  /** In a collapsed page, where its conversation has more than this one there. */
  thread?: StoredThread;
}

/** A message that the server lists now. */
export interface Listing {
  /** The unique-id, or the digest that stands in for it. */
  uidl: string;
  sizeBytes: number;
}

/** A message whose unique-id may mean another than it did, or be another than it had (RFC 1939 §7 forbids both, some servers do it). */
export interface Doubt {
  /** As the server lists it. */
  uidl: string;
  /** Whom we knew under it. */
  known: string | null;
  /** That unique-id is another's name here. */
  isTaken: boolean;
  /** Only the size speaks against it. */
  isResized: boolean;
}

/**
 * Finds out who the messages in doubt are; `sure` are all others that were known. Gives the name here of each that is not who
 * it was, or is one that went by another; `unsettled`: what could not be asked yet, `unknown` those of it that may be new.
 */
export type TellApart = (
  doubts: Doubt[],
  sure: Doubt[],
) => Promise<{ names: Map<string, string>; unsettled: ReadonlySet<string>; unknown: ReadonlySet<string> }>;

/** Which rows of a mailbox. `byArrival`: dates do not count, since not every header is known. */
export interface RowsRequest {
  mailboxKey: string;
  position: number;
  limit: number;
  sort?: Sort | undefined;
  filter?: ListFilter | undefined;
  byArrival?: boolean | undefined;
  /** A row for each conversation, its newest message in this mailbox. */
  isCollapsed?: boolean | undefined;
}

/** Which part of a conversation. */
export type ThreadRequest = { threadId: string } & ({ mailboxKey: string } | { except: readonly string[] });

/** A conversation in its mailbox, newest first; of a longer one the newest 500. */
export interface StoredThread {
  count: number;
  uidls: string[];
  unreadUidls: string[];
  flaggedUidls: string[];
  people: EmailAddress[];
  /** How many messages they answer that are not among them. */
  absent: number;
}

/** What to search, and where. */
export interface SearchRequest {
  query: Query;
  /** The mailboxes to look in, with the names that `in:` goes by. */
  mailboxes: { key: string; name: string }[];
  /** Of these alone. */
  uidls?: string[];
}

/** A message whose words are not all known. */
export interface Undecided {
  uidl: string;
  content: string | null;
}

/** A message that is born here. Its bytes are kept already. */
export interface OwnMessage {
  mailboxKey: string;
  content: string;
  sizeBytes: number;
  header: MaildropHeader;
  /** What people would search; null: read from its bytes when a search needs it. */
  text: string | null;
  keywords: string[];
}

/** Where an account's messages are remembered; lib/store implements it over SQL. Every call is for one account. */
export interface MaildropStore {
  /**
   * Brings the rows in line with what the server lists, newest first. What is not listed and not kept here vanishes, but
   * its keywords wait for 30 days, in case the server was only confused. `tellApart` is asked about what may have become
   * another message, or about all when `isDoubted`. Gives the name here of what the server calls otherwise.
   */
  reconcile(
    accountId: string,
    listed: Listing[],
    check?: { tellApart: TellApart; isDoubted: boolean },
  ): Promise<Map<string, string>>;
  /** The name here of what the server last listed under another. */
  names(accountId: string): Promise<Map<string, string>>;
  /** What is known of the headers of these, of hidden and missing ones too. */
  headersOf(accountId: string, uidls: string[]): Promise<Map<string, MaildropHeader>>;
  /** Messages of the server, hidden and missing ones too, with this date and subject. */
  findAlike(accountId: string, header: MaildropHeader): Promise<Map<string, MaildropHeader>>;
  /** Whether the server has ever been asked. */
  wasListed(accountId: string): Promise<boolean>;
  /** The rows of these unique-ids that are there for the person. */
  find(accountId: string, uidls: string[]): Promise<Map<string, MaildropRow>>;
  /** The unique-ids of what has this Message-ID in a mailbox, newest first. */
  findByMessageId(accountId: string, request: { mailboxKey: string; messageId: string }): Promise<string[]>;
  /** The messages of a conversation in a mailbox, or in all but these, oldest first; the newest 200. */
  thread(accountId: string, request: ThreadRequest): Promise<MaildropRow[]>;
  /** A window of a mailbox in the order asked for; `state` changes whenever the list may have. */
  page(accountId: string, request: RowsRequest): Promise<{ rows: MaildropRow[]; total: number; state: string }>;
  /** The unique-ids of a mailbox or of what passes `filter`, newest first, `limit` at most. */
  listUidls(accountId: string, request: Omit<RowsRequest, 'position' | 'sort'>): Promise<string[]>;
  /** Rows of a mailbox with the conversations that they stand for there. */
  withThreads(accountId: string, request: { mailboxKey: string; rows: MaildropRow[] }): Promise<MaildropRow[]>;
  /** These and all else of their conversations in the mailbox, each once. */
  withCompanions(accountId: string, request: { mailboxKey: string; uidls: string[] }): Promise<string[]>;
  /** Messages of the Inbox whose header was not read yet, newest first. */
  listUnread(accountId: string): Promise<string[]>;
  counts(accountId: string): Promise<Map<string, { total: number; unread: number }>>;
  /** What surely matches, newest arrival first, in runs as they are found; a run may be empty. */
  search(accountId: string, request: SearchRequest): AsyncIterable<MaildropRow[]>;
  /**
   * What may match once more of it is read: the text of what is kept here, or what the server alone has. Newest arrival
   * first, `limit` at most.
   */
  findUndecided(
    accountId: string,
    request: SearchRequest,
    options: { isKept: boolean; limit: number },
  ): Promise<Undecided[]>;
  /** The whole text of messages whose header is known. */
  saveTexts(accountId: string, texts: Map<string, string>): Promise<void>;
  saveHeaders(accountId: string, headers: Map<string, MaildropHeader>): Promise<void>;
  /** For what the server lists and will not show: its date becomes that of the message that came before it. */
  dateBesideEarlier(accountId: string, uidls: string[]): Promise<void>;
  changeKeywords(accountId: string, uidls: string[], change: { add: string[]; remove: string[] }): Promise<void>;
  /** Files messages in a mailbox; those that are kept here, or go to the Inbox. Throws `notFound` where it has gone. */
  move(accountId: string, uidls: string[], mailboxKey: string): Promise<void>;
  /** Adds messages that are born here, and gives their unique-ids. Throws `notFound` as `move`. */
  add(accountId: string, messages: OwnMessage[]): Promise<string[]>;
  /** Forgets messages that were deleted on the server, their keywords too. */
  remove(accountId: string, uidls: string[]): Promise<void>;
}
