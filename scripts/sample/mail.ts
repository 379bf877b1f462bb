import type { Attachment } from 'nodemailer/lib/mailer/index.js';

export interface Person {
  name: string;
  address: string;
}

/** What a Maildir file name says: Seen, Flagged, Replied, Passed on, Draft, Trashed. */
export type Flag = 'S' | 'F' | 'R' | 'P' | 'D' | 'T';

/** One message of the sample mail, before it becomes bytes. */
export interface SampleMail {
  from: Person;
  to: Person[];
  cc?: Person[];
  subject: string;
  text?: string;
  html?: string;
  attachments?: Attachment[];
  receivedAt: Date;
  flags?: Flag[];
  /** Keywords as the server stores them, e.g. `$Forwarded` or a label. */
  keywords?: string[];
  /** Without angle brackets; made from the text when absent. */
  messageId?: string;
  references?: string[];
  headers?: Record<string, string>;
  /** An invitation: the iCalendar text. */
  calendar?: { method: 'REQUEST' | 'CANCEL' | 'REPLY'; text: string };
  /** The whole message in its own bytes, for charsets and shapes that a composer would tidy away. */
  raw?: Buffer;
}

export interface SampleFolder {
  /** Decoded, segments joined by "/"; INBOX for the inbox. */
  path: string;
  mails: SampleMail[];
}
