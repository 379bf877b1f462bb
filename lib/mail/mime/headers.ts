import type { EmailAddress, Message, MessageWarning } from '../model.ts';
import { parseAddresses } from './addresses.ts';
import { mailingListOf, receiptToOf } from './asks.ts';
import { parseDate } from './dates.ts';
import { decodeHeader } from './encoded-word.ts';
import { fieldOf, fieldsOf, type HeaderField, maxHeaderBytes, splitFields } from './fields.ts';
import { parseMessageIds } from './message-ids.ts';
import { parseUnsubscribe, unsubscribeSignersOf } from './unsubscribe.ts';

/** What a message's header says, in the words of the model. Message ids stand without angle brackets. */
export interface MessageHeaders
  extends People,
    Pick<Message, 'subject' | 'messageId' | 'inReplyTo' | 'references' | 'list' | 'receiptTo'> {
  /** The Date field in UTC; null when missing or nonsense. */
  sentAt: string | null;
  /** The topmost Received field, for `receivedDateOf`. */
  received: string | null;
  /** As the message asks for it; `trustOf` tells whether one click may be offered. */
  unsubscribe: Message['unsubscribe'];
  /** Whose signatures claim to cover that. */
  unsubscribeSigners: string[];
  /** Received and Authentication-Results as they stand, the topmost first, 200 at most. */
  traceFields: HeaderField[];
  warnings: MessageWarning[];
}

/** Every address field of a header. */
type People = Pick<Message, 'from' | 'to' | 'cc' | 'bcc' | 'replyTo' | 'sender'>;

const maxTraceFields = 200;
const maxSubjectLength = 2_000;

/** Reads a header block (RFC 5322), the body may follow it. A field given twice counts whole, so no sender is hidden. */
export function parseHeaders(bytes: Buffer): MessageHeaders {
  return headersOf(splitFields(bytes), bytes.length > maxHeaderBytes);
}

/** The same of fields that are split already. */
export function headersOf(fields: readonly HeaderField[], isCut = false): MessageHeaders {
  const warnings = new Set<MessageWarning>(isCut || isDoubtful(fieldsOf(fields, 'from')) ? ['malformed'] : []);
  const addresses = (name: string): EmailAddress[] => {
    const list = parseAddresses(fieldsOf(fields, name).join(', '));
    if (list.isTruncated) warnings.add('addressesTruncated');
    return list.addresses;
  };
  return {
    subject: decodeHeader(fieldOf(fields, 'subject') ?? '')
      .replace(/\s+/g, ' ')
      .slice(0, maxSubjectLength),
    from: addresses('from'),
    to: addresses('to'),
    cc: addresses('cc'),
    bcc: addresses('bcc'),
    replyTo: addresses('reply-to'),
    sender: addresses('sender'),
    list: mailingListOf(fields),
    receiptTo: receiptToOf(fields),
    messageId: parseMessageIds(fieldOf(fields, 'message-id'))[0] ?? null,
    inReplyTo: parseMessageIds(fieldOf(fields, 'in-reply-to')),
    references: parseMessageIds(fieldOf(fields, 'references')),
    sentAt: parseDate(fieldOf(fields, 'date')),
    received: fieldOf(fields, 'received'),
    unsubscribe: parseUnsubscribe(fields),
    unsubscribeSigners: unsubscribeSignersOf(fields),
    traceFields: fields.filter(isTrace).slice(0, maxTraceFields),
    warnings: [...warnings],
  };
}

const isTrace = ({ name }: HeaderField) => name === 'received' || name === 'authentication-results';

/**
 * A From that readers understand differently: given twice, with an obsolete route (RFC 5322 §3.6, §4.4), or with an encoded
 * word in its address, where none may stand (RFC 2047 §5): servers that check senders do not decode it.
 */
function isDoubtful(from: readonly string[]): boolean {
  return from.length > 1 || from.some((value) => /<\s*@[^<>]*:|<[^<>]*=\?[\w*-]+\?[bq]\?|\?=[^\s,<>"?]*@/i.test(value));
}
