import type { EmailAddress } from '../model.ts';

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
}

/** A message of the maildrop as the store knows it. POP3 keeps no flags (RFC 1939), so the keywords are ours. */
export interface MaildropRow {
  uidl: string;
  firstSeenAt: string;
  keywords: string[];
  /** Null until the header was read. */
  header: MaildropHeader | null;
}

/** A message that the server lists now. */
export interface Listing {
  /** The unique-id, or the digest that stands in for it. */
  uidl: string;
  sizeBytes: number;
}

/** Where an account's maildrop is remembered; lib/store implements it over SQL. Every call is for one account. */
export interface MaildropStore {
  /**
   * Brings the rows in line with what the server lists and gives those rows. A row that is not listed keeps its
   * keywords for 30 days, in case the server was only confused. A row whose size changed loses its header.
   */
  reconcile(accountId: string, listed: Listing[]): Promise<Map<string, MaildropRow>>;
  /** The rows of these unique-ids that the server listed last time. */
  find(accountId: string, uidls: string[]): Promise<Map<string, MaildropRow>>;
  saveHeaders(accountId: string, headers: Map<string, MaildropHeader>): Promise<void>;
  changeKeywords(accountId: string, uidls: string[], change: { add: string[]; remove: string[] }): Promise<void>;
  /** Forgets messages that were deleted on the server, their keywords too. */
  remove(accountId: string, uidls: string[]): Promise<void>;
}
