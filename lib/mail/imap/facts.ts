import type { Message, MessageSummary } from '../model.ts';
import type { Structure } from './structure.ts';

/** What never changes about a message for its UID (RFC 9051 §2.3.1.1): all of a row but its flags. */
export interface Facts
  extends Omit<MessageSummary, 'id' | 'mailboxId' | 'threadId' | 'keywords'>,
    Pick<Message, 'cc' | 'bcc' | 'replyTo' | 'sender' | 'messageId' | 'inReplyTo'> {
  uid: number;
  /** Null where it was too large to remember; then it is fetched again. */
  structure: Structure | null;
}
