import { cidsIn, cleanForQuote, htmlOfText, type Sanitizer, textOfHtml, usableCid } from '@/lib/client/compose/html';
import type { WrittenFile } from '@/lib/client/compose/written';
import type { Message, MessageSummary } from '@/lib/mail/model';
import { unflow } from '@/lib/text/format-flowed';

/** Its text, plain. */
export const textOf = (message: Message, sanitize: Sanitizer): string =>
  message.textBody
    .map(({ type, text, isFlowed, isDelSp }) =>
      type === 'text/html' ? textOfHtml(cleanForQuote(sanitize, text)) : isFlowed ? unflow(text, isDelSp) : text,
    )
    .join('\n')
    .replace(/\r\n?/g, '\n');

/** The same as HTML that can be written on and quoted. */
export const htmlBodyOf = (message: Message, sanitize: Sanitizer): string =>
  message.htmlBody
    .map(({ type, text, isFlowed, isDelSp }) =>
      type === 'text/html'
        ? cleanForQuote(sanitize, text)
        : htmlOfText((isFlowed ? unflow(text, isDelSp) : text).trimEnd()),
    )
    .join('');

/** A message as a file of another. */
export function fileOfMessage({ id, subject, sizeBytes }: Forwarded, unnamed: string): WrittenFile {
  const words = subject
    .replace(/[\p{Cc}/\\]/gu, ' ')
    .trim()
    .slice(0, 100);
  const name = `${words || unnamed}.eml`;
  return { ...fileOf(id), name, type: 'message/rfc822', sizeBytes, source: { kind: 'message', messageId: id } };
}

type Forwarded = Pick<MessageSummary, 'id' | 'subject' | 'sizeBytes'>;

const fileOf = (key: string) => ({ key, cid: null, part: null });

/** Its files; with a `cid` the pictures that the text shows. What was meant to be seen where no text names it goes as a file. */
export function filesIn(message: Message, html: string): WrittenFile[] {
  const shown = cidsIn(html);
  return partsOf(message).map((file) => (file.cid !== null && shown.has(file.cid) ? file : { ...file, cid: null }));
}

const partsOf = (message: Message): WrittenFile[] =>
  message.attachments.map(({ partId, name, type, sizeBytes, cid }) => ({
    ...fileOf(`${message.id} ${partId}`),
    name: name ?? '',
    type,
    sizeBytes,
    cid: cid === null ? null : usableCid(cid.replace(/^<|>$/g, '')),
    source: { kind: 'part', messageId: message.id, partId },
  }));
