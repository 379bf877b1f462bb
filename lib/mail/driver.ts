import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import type {
  Capabilities,
  ExchangeLine,
  ListFilter,
  Mailbox,
  MailboxChange,
  MaildropReport,
  MakeableRole,
  Message,
  MessageSummary,
  Page,
  PerIdResult,
  Relatives,
  Retention,
  RetentionPreview,
  SearchEvent,
  Sort,
} from './model.ts';
import type { Query } from './query.ts';

/** Which rows of a mailbox: `position` counts from 0 at the first of the order, `limit` rows at most (1–200). */
export interface ListRequest {
  mailboxId: string;
  position: number;
  limit: number;
  sort?: Sort;
  filter?: ListFilter;
  /** A row for each conversation (RFC 8621 §4.4.3), by its first message in the order and filter; by receivedAt the newest. */
  collapse?: boolean;
}

/** Bytes of a part, decoded from its transfer encoding. The consumer must end or destroy `stream`. */
export interface PartStream {
  stream: Readable;
  type: string;
  charset: string | null;
  name: string | null;
  /** Known only where the driver knows it before the last byte. */
  sizeBytes: number | null;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export interface CollectOptions extends CallOptions {
  /** Waits for its turn where the server wants time between sign-ins, for up to an hour. */
  isPatient?: boolean;
}

export interface WatchRequest {
  mailboxId: string | null;
  onChange: (change: MailboxChange) => void;
  /** Mailboxes have come, gone, been renamed or (un)subscribed, or so many have changed that all are to be read again. */
  onMailboxes?: () => void;
  /** From here on nothing in the mailbox is missed. */
  onWatching?: () => void;
}

/**
 * One account's mail. Every call names its mailbox or ids: there is no current mailbox. All throw MailError; batches
 * give one result per id, in the order asked, and throw only when nothing was attempted. What a protocol lacks is a
 * capability that is false and an `unsupported` error.
 */
export interface MailDriver {
  /** Signs in if needed. Throws `unauthenticated`, `unreachable`, `insecure`, `certificate`… */
  capabilities(options?: CallOptions): Promise<Capabilities>;

  /** Names and roles; with `counts`, totals and unread too (slower: STATUS of each). */
  listMailboxes(request: { counts: boolean }, options?: CallOptions): Promise<Mailbox[]>;
  /** Throws `conflict` where there is one of this name, or of this role. */
  createMailbox(
    request: { name: string; parentId: string | null; role?: MakeableRole | undefined },
    options?: CallOptions,
  ): Promise<Mailbox>;
  renameMailbox(
    request: { mailboxId: string; name: string; parentId: string | null },
    options?: CallOptions,
  ): Promise<Mailbox>;
  /** With all below it. What is in them is deleted with it, or goes to Trash where mailboxes live here. */
  deleteMailbox(request: { mailboxId: string }, options?: CallOptions): Promise<void>;
  subscribeMailbox(request: { mailboxId: string; isSubscribed: boolean }, options?: CallOptions): Promise<void>;
  /** Deletes for good what is in a Trash or Junk mailbox now, and gives how many; `invalid` for any other mailbox. */
  emptyMailbox(request: { mailboxId: string }, options?: CallOptions): Promise<{ destroyed: number }>;

  /** With `collapse`, position, limit and total count conversations. */
  listMessages(request: ListRequest, options?: CallOptions): Promise<Page<MessageSummary>>;
  /**
   * The ids of a whole mailbox, or of what matches, with `collapse` of the conversations that it is in: for "all N in this
   * folder". At most 100,000.
   */
  listMessageIds(
    request: { mailboxId: string; filter?: ListFilter; query?: Query; collapse?: boolean },
    options?: CallOptions,
  ): Promise<string[]>;
  /**
   * Searches one mailbox, or all (Junk and Trash last); yields as it is found. Ending the iteration cancels. With `collapse`,
   * one mailbox gives a row for each conversation, by its first hit; all give messages.
   */
  search(
    request: { query: Query; mailboxId?: string; collapse?: boolean },
    options?: CallOptions,
  ): AsyncIterable<SearchEvent>;
  /** The conversation of a message in its own mailbox, oldest first, itself among them; the newest 200. */
  getThread(request: { id: string }, options?: CallOptions): Promise<MessageSummary[]>;
  /**
   * The same in all other mailboxes but Trash, Junk and Drafts; the newest 200. Takes some seconds at most, or half a minute
   * where it `isPatient`, and tells where it has not looked.
   */
  findRelatives(request: { id: string; isPatient?: boolean }, options?: CallOptions): Promise<Relatives>;
  /** The ids of the messages in a mailbox that have this Message-ID (RFC 5322 §3.6.4, without brackets), newest first. */
  findByMessageId(request: { mailboxId: string; messageId: string }, options?: CallOptions): Promise<string[]>;
  getMessage(request: { id: string }, options?: CallOptions): Promise<Message>;
  /**
   * A message that is attached to another (`isMessage`), opened in place: its parts are opened by the ids that it names, with
   * the `id` of the message around it. Throws `notFound` where that part holds none.
   */
  openMessage(request: { id: string; partId: string }, options?: CallOptions): Promise<Message>;
  openPart(request: { id: string; partId: string }, options?: CallOptions): Promise<PartStream>;
  /** The message as it is on the wire, message/rfc822. */
  openRaw(request: { id: string }, options?: CallOptions): Promise<PartStream>;

  setKeywords(
    request: { ids: string[]; add: string[]; remove: string[] },
    options?: CallOptions,
  ): Promise<PerIdResult[]>;
  moveMessages(request: { ids: string[]; to: string }, options?: CallOptions): Promise<PerIdResult[]>;
  copyMessages(request: { ids: string[]; to: string }, options?: CallOptions): Promise<PerIdResult[]>;
  /** Removes for good exactly these messages. */
  destroyMessages(request: { ids: string[] }, options?: CallOptions): Promise<PerIdResult[]>;
  appendMessage(
    request: { mailboxId: string; raw: Buffer; keywords: string[]; receivedAt?: string },
    options?: CallOptions,
  ): Promise<{ id: string | null }>;

  /**
   * Tells changes of this mailbox (and of the Inbox) until `signal` aborts; where the server tells of all mailboxes, of all.
   * Resolves when it has ended.
   */
  watch(request: WatchRequest, options: { signal: AbortSignal }): Promise<void>;

  /**
   * Tells what passes between us and the server from now on, of this sign-in alone, until `signal` aborts or the sign-in
   * ends; then it resolves. Beyond 500 lines a second only how many there were.
   */
  trace(
    request: { onLine: (line: ExchangeLine) => void; onSkipped: (lines: number) => void },
    options: { signal: AbortSignal },
  ): Promise<void>;

  /** POP3 alone; absent where the server keeps all of it. */
  maildrop?: Maildrop;

  /** Lets go of every connection of this sign-in at once. */
  close(): Promise<void>;
}

/** A mailbox whose server keeps no folders and whose mail is collected: where it is, and what becomes of it there. */
export interface Maildrop {
  report(): Promise<MaildropReport>;
  setRetention(retention: Retention): Promise<void>;
  /** How many messages a rule would take from the server at the next collection, and how many later. */
  previewRetention(retention: Retention): Promise<RetentionPreview>;
  /** Collects what is not kept here yet, and removes from the server what the rule names. A second call joins the first. */
  collect(options?: CollectOptions): Promise<void>;
  /** Ends the collection at once; what was kept by then stays. */
  stopCollection(): void;
  /** Undoes destroyMessages, for an hour: what has left the server meanwhile comes back as a message that is only here. */
  restoreMessages(request: { ids: string[] }): Promise<PerIdResult[]>;
}

/** Where and how to reach a mail server. `insecure` is the admin's word that a plain wire may carry the secret. */
export interface ServerUrl {
  protocol: 'imap' | 'pop3' | 'smtp';
  host: string;
  port: number;
  /** `tls`: from the first byte. `starttls`: upgraded before anything secret. `none`: plain, only with `insecure` in the URL. */
  security: 'tls' | 'starttls' | 'none';
  /** False only where the admin wrote `+insecure`: the certificate is then not checked, or the wire is plain. */
  verifiesCertificate: boolean;
  /** PEM of an authority to trust besides the system's; null: the system's alone. */
  ca: string | null;
  /** `password` unless the admin wrote `+oauth`. */
  secretIs?: SecretKind;
  /** The names under which it tells what it found about senders (RFC 8601 §2.5); none: it is not believed. */
  authservIds?: readonly string[];
  /** How its name becomes an address, for a server that the admin has not listed; without it, as the system has it. */
  lookup?: LookupFunction;
}

/** What is signed in with: a password, or an access token (RFC 6750) that SASL OAUTHBEARER or XOAUTH2 carries. */
export type SecretKind = 'password' | 'token';

/** The secret of a sign-in, in memory only. */
export interface MailLogin {
  username: string;
  password: string;
}
