import type { EmailAddress } from '../../mail/model.ts';
import { quoteText } from './html.ts';
import { createMessageId } from './message-id.ts';
import { faultOf } from './recipients.ts';
import { isUsableId, shortened } from './references.ts';
import type { Written } from './written.ts';

/** How much a message takes: of files, of text, and of what is quoted below what one writes oneself. */
export const writingBounds = {
  files: 100,
  bodyLength: 1_500_000,
  quoteLength: 1_300_000,
  /** Of a quote that is longer than that, so much is quoted. */
  shortenedLength: 100_000,
  shortenedLines: 10_000,
} as const;

/**
 * What of a message is quoted: its `words` as they are, or, where that, marked line by line, or as `html` is more than a message
 * may be, the beginning of them.
 */
export function quotable(words: string, html: string, files: number): { words: string; isWhole: boolean } {
  const { quoteLength, shortenedLength, shortenedLines } = writingBounds;
  const length = Math.max(words.length, quoteText(words).length, html.length);
  if (length <= quoteLength && files <= writingBounds.files) return { words, isWhole: true };
  const beginning = words.slice(0, shortenedLength).split('\n', shortenedLines).join('\n');
  return { words: `${beginning}\n\n[…]`, isWhole: false };
}

/**
 * What was begun from a mail of any bytes, as the contract takes it: names and a subject without control characters, message
 * ids that are some. Else neither its draft nor the message itself would be taken. Recipients stay, to be mended by hand.
 */
export function withinBounds(written: Written): Written {
  const { from, replyTo, to, cc, bcc, subject, files, messageId, inReplyTo, references } = written;
  return {
    ...written,
    from: named(from),
    // It is seen nowhere, so that nobody could mend it.
    replyTo: replyTo.filter((person) => faultOf(person) === null).map(named),
    to: to.map(named),
    cc: cc.map(named),
    bcc: bcc.map(named),
    subject: oneLine(subject, 2_000),
    files: files.map((file) => ({ ...file, name: oneLine(file.name, 255) })),
    messageId: isUsableId(messageId) ? messageId : createMessageId(from.email),
    inReplyTo: inReplyTo.filter(isUsableId).slice(0, 10),
    references: shortened(references),
  };
}

const named = ({ name, email }: EmailAddress): EmailAddress => ({
  name: name === null ? null : oneLine(name, 300) || null,
  email,
});

const oneLine = (text: string, most: number): string => text.replace(/\p{Cc}+/gu, ' ').slice(0, most);
