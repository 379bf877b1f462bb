import type { Attachment, Message, Part, TextBody } from '../model.ts';
import { hasAttachment, holdsMessage } from './choose.ts';
import { receivedDateOf } from './dates.ts';
import type { MessageHeaders } from './headers.ts';
import type { MessageContents } from './read-message.ts';

/** Where a message is attached: the message around it, its part there, and when that one arrived. */
export interface Holder {
  id: string;
  mailboxId: string;
  receivedAt: string;
  partId: string;
  sizeBytes: number;
}

/** An attached message in the words of the model. `contents` name its parts as parts of the message around it. */
export function attachedMessageOf(
  { id, mailboxId, receivedAt, partId, sizeBytes }: Holder,
  headers: MessageHeaders,
  root: Part,
  contents: MessageContents,
): Message {
  const { received, warnings, traceFields: _, unsubscribeSigners: __, ...people } = headers;
  return {
    ...{ id, mailboxId, partId, sizeBytes, keywords: [], preview: null },
    ...people,
    // What it asks, it asks of the one it was sent to; what a server found, whoever attached it could have written.
    ...{ authentication: null, unsubscribe: null, list: null, receiptTo: null },
    receivedAt: receivedDateOf(received, headers.sentAt, receivedAt),
    hasAttachment: hasAttachment(root),
    ...contents,
    warnings: [...new Set([...warnings, ...contents.warnings])],
  };
}

/** The same contents with the part ids of the message around them (as RFC 9051 §6.4.5.1 numbers them). */
export function within(partId: string, { protection, ...contents }: MessageContents): MessageContents {
  const outer = (inner: string) => `${partId}.${inner}`;
  const text = (body: TextBody): TextBody => ({ ...body, partId: outer(body.partId) });
  // Whether it can be opened in place depends on how deep it is.
  const file = ({ isMessage: _, ...attachment }: Attachment): Attachment => {
    const moved = { ...attachment, partId: outer(attachment.partId) };
    return { ...moved, ...(holdsMessage(moved) && { isMessage: true }) };
  };
  return {
    ...contents,
    textBody: contents.textBody.map(text),
    htmlBody: contents.htmlBody.map(text),
    attachments: contents.attachments.map(file),
    protection: protection && {
      ...protection,
      sealedPartId: protection.sealedPartId && outer(protection.sealedPartId),
    },
  };
}
