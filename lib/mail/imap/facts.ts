import type { EmailAddress } from '../model.ts';
import type { Structure } from './structure.ts';

/** What never changes about a message for its UID (RFC 9051 §2.3.1.1): all of a row but its flags. */
export interface Facts {
  uid: number;
  subject: string;
  from: EmailAddress[];
  to: EmailAddress[];
  cc: EmailAddress[];
  bcc: EmailAddress[];
  replyTo: EmailAddress[];
  sender: EmailAddress[];
  messageId: string | null;
  inReplyTo: string[];
  /** ISO 8601, UTC. */
  receivedAt: string;
  sentAt: string | null;
  sizeBytes: number;
  hasAttachment: boolean;
  preview: string | null;
  /** Null where it was too large to remember; then it is fetched again. */
  structure: Structure | null;
}
