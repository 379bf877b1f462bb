import { mailboxIdOf, pop3MessageIdOf } from '../ids.ts';
import { hasAttachment } from '../mime/choose.ts';
import { receivedDateOf } from '../mime/dates.ts';
import { previewOf } from '../mime/preview.ts';
import { type ParsedMessage, readMessage } from '../mime/read-message.ts';
import type { MessageSummary, ThreadSummary } from '../model.ts';
import type { Head } from './head.ts';
import type { MaildropHeader, MaildropRow, StoredThread } from './maildrop.ts';

const mostIds = 32;

/** What a list needs of a message, from its first lines. */
export async function summariseHead(head: Head, firstSeenAt: string): Promise<MaildropHeader> {
  return summariseMessage(await readMessage(head.bytes), firstSeenAt, head.isWhole);
}

/** The same of a parsed message. While it is not whole, `multipart/mixed` is taken for a sign of an attachment. */
export function summariseMessage(parsed: ParsedMessage, firstSeenAt: string, isWhole: boolean): MaildropHeader {
  const { headers, root } = parsed;
  const text = parsed.textBody[0] ?? parsed.htmlBody[0];
  return {
    subject: headers.subject,
    from: headers.from,
    to: headers.to,
    cc: headers.cc,
    bcc: headers.bcc,
    receivedAt: receivedDateOf(headers.received, headers.sentAt, firstSeenAt),
    sentAt: headers.sentAt,
    hasAttachment: hasAttachment(root) || (!isWhole && root.type === 'multipart/mixed'),
    isWhole,
    preview: text ? previewOf(text.text, text.type) : null,
    messageIds: messageIdsOf(headers),
    messageId: headers.messageId,
  };
}

/** Of a long chain the beginning and the end: every other answer names those too. */
function messageIdsOf({ references, inReplyTo, messageId }: ParsedMessage['headers']): string[] {
  const ids = [...new Set([...references, ...inReplyTo, ...(messageId === null ? [] : [messageId])])];
  return ids.length <= mostIds ? ids : [...ids.slice(0, 1), ...ids.slice(1 - mostIds)];
}

/** A row of a list. A message whose header could not be read stands there with what is known. */
export function translateSummary(row: MaildropRow): MessageSummary {
  const header = row.header;
  return {
    id: pop3MessageIdOf(row.uidl),
    mailboxId: mailboxIdOf(row.mailboxKey),
    ...(row.threadId === null ? {} : { threadId: row.threadId }),
    subject: header?.subject ?? '',
    from: header?.from ?? [],
    to: header?.to ?? [],
    receivedAt: header?.receivedAt ?? row.firstSeenAt,
    sentAt: header?.sentAt ?? null,
    sizeBytes: row.sizeBytes,
    keywords: row.keywords,
    hasAttachment: header?.hasAttachment ?? false,
    preview: header?.preview ?? null,
    location: row.content === null ? 'server' : row.isListed ? 'both' : 'here',
    ...(row.thread === undefined ? {} : { thread: translateThread(row.thread) }),
  };
}

const translateThread = ({ count, uidls, unreadUidls, flaggedUidls, people, absent }: StoredThread): ThreadSummary => ({
  count,
  ids: uidls.map(pop3MessageIdOf),
  unreadIds: unreadUidls.map(pop3MessageIdOf),
  flaggedIds: flaggedUidls.map(pop3MessageIdOf),
  people,
  ...(absent > 0 ? { absent } : {}),
});
