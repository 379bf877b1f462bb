/** The mail model in JMAP's words (RFC 8621). Every driver gives these shapes; nothing here knows a protocol. */

/** `imap` or `pop3`: which protocol an account is read over. */
export type Protocol = 'imap' | 'pop3';

/** Mailbox roles (RFC 8621 §2, names of the IANA registry "IMAP Mailbox Name Attributes" in lower case). */
export type MailboxRole = 'inbox' | 'sent' | 'drafts' | 'archive' | 'junk' | 'trash' | 'all' | 'flagged' | 'important';

/** Roles for which a mailbox can be made where there is none. */
export type MakeableRole = Extract<MailboxRole, 'sent' | 'drafts' | 'archive' | 'junk' | 'trash'>;

/** What the signed-in person may do in a mailbox (RFC 8621 §2 `myRights`, folded to what the UI asks). */
export interface MailboxRights {
  /** Keywords may be changed. */
  maySetKeywords: boolean;
  /** Keywords that no message here has had yet are kept too. Over IMAP both are known once the mailbox was opened; true until then. */
  mayMakeKeywords: boolean;
  mayAddItems: boolean;
  mayRemoveItems: boolean;
  mayCreateChild: boolean;
  mayRename: boolean;
  mayDelete: boolean;
}

/** A folder (RFC 8621 §2). Counts are null until they are known; `isSelectable` is false for parents that hold no mail. */
export interface Mailbox {
  id: string;
  /** The last segment of the path, decoded. */
  name: string;
  /** The full path as people read it, segments joined by " / ". */
  path: string;
  parentId: string | null;
  role: MailboxRole | null;
  totalMessages: number | null;
  unreadMessages: number | null;
  isSubscribed: boolean;
  isSelectable: boolean;
  /** POP3 alone: it lives in Posthorn; the server knows nothing of it. */
  isLocal?: boolean;
  rights: MailboxRights;
}

/** One address (RFC 8621 §4.1.2.3). `email` is empty where the header names only a group or nothing usable. */
export interface EmailAddress {
  name: string | null;
  email: string;
}

/** Message keywords (RFC 8621 §4.1.1): `$seen`, `$flagged`, `$answered`, `$forwarded`, `$draft`, `$junk`, `$notjunk`, `$deleted`… in lower case. */
export type Keyword = string;

/** The colours that a label can have, as the screen names them. */
export const labelColors = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'grey'] as const;
export type LabelColor = (typeof labelColors)[number];

/** A keyword that a person has given a name and a colour. Messages carry the keyword alone. */
export interface Label {
  keyword: Keyword;
  name: string;
  color: LabelColor;
}

/** A row of a list. Dates are ISO 8601 in UTC; `preview` is null while unknown. */
export interface MessageSummary {
  id: string;
  mailboxId: string;
  threadId?: string;
  subject: string;
  from: EmailAddress[];
  to: EmailAddress[];
  receivedAt: string;
  sentAt: string | null;
  sizeBytes: number;
  keywords: Keyword[];
  hasAttachment: boolean;
  preview: string | null;
  /** POP3 alone: where its bytes are. */
  location?: 'server' | 'both' | 'here';
  /** In a list of conversations, where this newest message is not the only one. */
  thread?: ThreadSummary;
}

/** A conversation as far as it is in one mailbox. */
export interface ThreadSummary {
  count: number;
  /** Newest first; of a longer one the newest 500. */
  ids: string[];
  /** Of `ids`, those without $seen. */
  unreadIds: string[];
  /** Of `ids`, those with $flagged. */
  flaggedIds: string[];
  /** Who wrote, each once, in the order of their first messages; of a longer one those of the first and last few. */
  people: EmailAddress[];
  /** How many messages they answer that are not in this mailbox; missing where none is known of. */
  absent?: number;
}

/** What belongs to a conversation in other mailboxes, oldest first, each message once. */
export interface Relatives {
  items: MessageSummary[];
  /** The mailboxes that could not be looked through in time, or at all. */
  notLookedAt: string[];
}

/** A leaf or branch of the MIME tree (RFC 8621 §4.1.4). `partId` names the part in `openPart`; branches have none. */
export interface Part {
  partId: string | null;
  type: string;
  charset: string | null;
  disposition: 'inline' | 'attachment' | null;
  name: string | null;
  cid: string | null;
  /** Encoded size as far as the server tells it. */
  sizeBytes: number;
  subParts: Part[];
}

/** A text body that is shown: decoded to Unicode, cut at the bound of `isTruncated`. */
export interface TextBody {
  partId: string;
  type: 'text/plain' | 'text/html';
  text: string;
  isTruncated: boolean;
  /** RFC 3676: text/plain with format=flowed (and delsp=yes). */
  isFlowed?: boolean;
  isDelSp?: boolean;
}

/** A part that is listed and downloaded, or shown inline by its `cid`. */
export interface Attachment {
  partId: string;
  name: string | null;
  type: string;
  sizeBytes: number;
  cid: string | null;
  isInline: boolean;
  /** It holds a message, which can be opened in place (`openMessage`). */
  isMessage?: boolean;
}

/** One message, opened (RFC 8621 §4.1). The bodies are chosen by §4.1.4; each entry of a body is shown by itself, never joined. */
export interface Message extends MessageSummary {
  cc: EmailAddress[];
  bcc: EmailAddress[];
  replyTo: EmailAddress[];
  sender: EmailAddress[];
  messageId: string | null;
  inReplyTo: string[];
  references: string[];
  /** What to show to someone who reads plain text, in order. */
  textBody: TextBody[];
  /** What to show to someone who reads HTML, in order; text/plain entries stand between HTML ones. */
  htmlBody: TextBody[];
  attachments: Attachment[];
  /** The List-Unsubscribe targets (RFC 2369), http(s) and mailto only. `isOneClick`: the first https one takes a POST (RFC 8058). */
  unsubscribe: { urls: string[]; isOneClick: boolean } | null;
  /** What the mail server found about the sender; null where it says nothing or is not known by name. */
  authentication: Authentication | null;
  /** Carried by a mailing list (RFC 2919, RFC 2369); `postTo` is where one writes to all of it. */
  list: { postTo: string | null } | null;
  /** Who asks to be told that it was read (RFC 8098 §2.1), as far as that may be answered: one address, in mail of a person. */
  receiptTo: EmailAddress | null;
  /** What a machine tells of a message that was sent. */
  report: Report | null;
  protection: Protection | null;
  /** Where it was opened in place: the part that holds it. `id` is then that of the message around it, keywords are none. */
  partId?: string;
  /** Sentences about what could not be shown whole: bounds met, broken structure. Codes, not prose. */
  warnings: MessageWarning[];
}

/** The findings of the mail server that took the message in (RFC 8601); what it did not look at is null or empty. */
export interface Authentication {
  /** Of the envelope's sender (RFC 7208). */
  spf: AuthenticationCheck | null;
  /** Of each signature (RFC 6376). */
  dkim: AuthenticationCheck[];
  /** Of the domain in From (RFC 7489). */
  dmarc: AuthenticationCheck | null;
}

/** A result (RFC 8601 §2.7) and the domain that it is about, in lower case; null where the server names none. */
export interface AuthenticationCheck {
  result: 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'policy' | 'temperror' | 'permerror';
  domain: string | null;
}

/** A report of delivery (RFC 3464), of reading (RFC 8098) or a complaint (RFC 5965). It is its sender's word, unchecked. */
export interface Report {
  kind: 'delivery' | 'disposition' | 'complaint';
  /** The server or program that tells it. */
  reportedBy: string | null;
  /** At most 20; `isTruncated` when there were more. */
  outcomes: ReportOutcome[];
  isTruncated: boolean;
}

/** What became of a message for one recipient. */
export interface ReportOutcome {
  recipient: string | null;
  action: ReportAction;
  /** The enhanced status code (RFC 3463), as 5.1.1. */
  status: string | null;
  /** The server's own words. */
  diagnostic: string | null;
  /** Of a delay: until when it is tried again, ISO 8601. */
  retryUntil: string | null;
}

/** RFC 3464 §2.3.3, RFC 8098 §3.2.6.2 and RFC 5965 §7.3; `other` for what they do not name. */
export type ReportAction =
  | 'failed'
  | 'delayed'
  | 'delivered'
  | 'relayed'
  | 'expanded'
  | 'displayed'
  | 'deleted'
  | 'dispatched'
  | 'processed'
  | 'denied'
  | 'abuse'
  | 'fraud'
  | 'virus'
  | 'notSpam'
  | 'other';

/** How a message came protected. Nothing is decrypted and no signature checked. */
export interface Protection {
  kind: 'signed' | 'encrypted';
  by: 'smime' | 'pgp';
  /** The part that holds what cannot be read here, to be saved for a program that can; null where all is readable. */
  sealedPartId: string | null;
}

export type MessageWarning = 'tooDeep' | 'tooManyParts' | 'bodyTruncated' | 'addressesTruncated' | 'malformed';

/** A window of a list. `state` changes whenever the list may have; `position` is of `items[0]`. */
export interface Page<T> {
  position: number;
  total: number;
  state: string;
  items: T[];
  /** True where the driver could order or filter only a bounded part of the mailbox. */
  isPartial?: boolean;
  /** Why the server could not be asked; the page is then of what is known here. */
  problem?: import('./errors.ts').MailErrorCode;
}

export type SortProperty = 'receivedAt' | 'from' | 'subject' | 'size';

/** Order of a list. The default is receivedAt, newest first; `isAscending` turns it round. */
export interface Sort {
  property: SortProperty;
  isAscending: boolean;
}

export type ListFilter = 'unread' | 'flagged' | 'attachment';

/** One message's outcome in a batch: absent `error` means done. */
export interface PerIdResult {
  id: string;
  /** The id the message has now, where the server told it (COPYUID, RFC 4315). */
  newId?: string;
  /** Deleted here; the mail server has not confirmed it yet, and is asked again at the next collection (POP3). */
  isPending?: boolean;
  error?: { code: import('./errors.ts').MailErrorCode; detail?: string };
}

/** What an account's server and driver can do; a false one has no control on the screen. */
export interface Capabilities {
  protocol: Protocol;
  mailboxes: { create: boolean; rename: boolean; delete: boolean; subscribe: boolean; nest: boolean };
  move: boolean;
  copy: boolean;
  append: boolean;
  /** Flags set here are on the server (IMAP) or kept by Posthorn (POP3). */
  keywords: 'server' | 'local';
  sort: SortProperty[];
  filter: ListFilter[];
  /** Messages are joined to conversations (RFC 8621 §3), and lists give a row for each where they are asked to. */
  threads: boolean;
  /** A mailbox change is told as it happens. */
  watch: boolean;
}

/** A hit of a search, or how far it is. */
export type SearchEvent =
  | { type: 'hits'; mailboxId: string; items: MessageSummary[] }
  | { type: 'progress'; done: number; total: number; mailboxId?: string }
  /** This mailbox could not be searched whole; the search goes on in the others. */
  | { type: 'incomplete'; mailboxId: string; code: import('./errors.ts').MailErrorCode }
  | { type: 'done'; total: number };

/** An account whose mail is not in an answer about all accounts, and why. `isKept`: its mail is in it as it was last collected. */
export interface MissingAccount {
  accountId: string;
  code: import('./errors.ts').MailErrorCode;
  isKept?: true;
}

/** What changed, told by `watch`; without ids the listener reads again. */
export interface MailboxChange {
  mailboxId: string;
  kind: 'created' | 'updated' | 'destroyed' | 'unknown';
}

/** A line that passed between us and the mail server, secrets and the content of mail left out. */
export interface ExchangeLine {
  /** Milliseconds since 1970. */
  atMs: number;
  /** Which connection, in a few characters. */
  connection: string;
  direction: 'client' | 'server';
  /** Without the tag. */
  text: string;
  /** IMAP: the name that a command and its answer share (RFC 9051 §2.2.1). */
  tag?: string;
  /** On the wire, with all that `text` leaves out. */
  sizeBytes: number;
}

/** What becomes, on a POP3 server, of a message that is kept here. */
export type Retention =
  | { rule: 'leave' }
  | { rule: 'removeAfterDays'; days: number }
  | { rule: 'removeWhenDeleted' }
  | { rule: 'collect' };

/** So many messages, of so many bytes together. */
export interface Amount {
  messages: number;
  sizeBytes: number;
}

/** What a rule would take from the server: at the next collection, of that what the person deleted here, and later. */
export interface RetentionPreview {
  removeNow: number;
  deletedHere: number;
  removeLater: number;
}

/**
 * A message that the server would not give, or that is larger than what we take. `words`: the server's own, `subject` where
 * the header is known.
 */
export interface RefusedMessage {
  id: string;
  subject: string | null;
  words: string;
  isTooLarge: boolean;
  at: string;
}

/** Where the mail of a POP3 account is. `server` tells of the last sign-in of this process, null before the first. */
export interface MaildropReport {
  retention: Retention;
  onServer: Amount;
  here: Amount;
  /** Of `here`, what the server does not have. */
  onlyHere: number;
  /** Of `onServer`, what is not kept here, nor deleted by the person. */
  onlyThere: number;
  /** Of `onlyThere`, what the server listed and would not give, in this process; `items` the newest 20. */
  refused: { total: number; items: RefusedMessage[] };
  /** Deleted by the person or the rule, and not confirmed by the server: they go from there with the next collection. */
  awaitingRemoval: number;
  checkedAt: string | null;
  server: {
    signedInBy: string;
    capabilities: string[];
    expireDays: number | null;
    loginDelayMs: number | null;
  } | null;
  /** `problem`: why the last one ended early. */
  collection: {
    isRunning: boolean;
    done: number;
    total: number;
    problem: import('./errors.ts').MailErrorCode | null;
  };
}

/** What a person has written, before it is a message. Names and addresses without line breaks; ids without brackets. */
export interface Composition {
  from: EmailAddress;
  replyTo: EmailAddress[];
  to: EmailAddress[];
  cc: EmailAddress[];
  /** Kept in the sender's own copies, never on the wire. */
  bcc: EmailAddress[];
  subject: string;
  /** Made from `html` where null. */
  text: string | null;
  html: string | null;
  /** Stays the same from the first draft on, so that every copy is known again. */
  messageId: string;
  inReplyTo: string[];
  references: string[];
  /** ISO 8601: the Date field (RFC 5322 §3.6.1). */
  sentAt: string;
  priority: 'high' | 'normal' | 'low';
  /** Asks for a note that it was read (RFC 8098). */
  wantsReadReceipt: boolean;
  /** The answer to an invitation that it is: an iCalendar object of method REPLY (RFC 5546 §3.2.3). */
  calendar: string | null;
}

/** What a message is marked with once one that answers it was sent: how, and for an invitation with which answer. */
export const answeringKeywords = [
  '$answered',
  '$forwarded',
  '$invitation-accepted',
  '$invitation-tentative',
  '$invitation-declined',
] as const;

/** Who a message goes from and to on the wire (RFC 5321 §2.3.1), whatever its header says. */
export interface Envelope {
  /** Empty where nobody is to be told that it failed. */
  from: string;
  to: string[];
  /** Asks for a note that it was delivered, where the server can (RFC 3461). */
  wantsDeliveryReport: boolean;
}

/** A recipient that the submission server would not take, with its words. */
export interface RefusedRecipient {
  email: string;
  serverText: string;
}
