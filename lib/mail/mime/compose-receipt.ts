import type { Readable } from 'node:stream';
import { domainToASCII } from 'node:url';
import { MailError } from '../errors.ts';
import type { EmailAddress } from '../model.ts';
import { checkHeaders, headersOf, node } from './compose.ts';

/** A note that a message was shown to the one it was sent to. */
export interface Receipt {
  from: EmailAddress;
  to: EmailAddress;
  subject: string;
  /** What a person reads. */
  text: string;
  /** Of the receipt itself. */
  messageId: string;
  sentAt: string;
  /** Of the message that was shown; null where it has none. */
  originalMessageId: string | null;
}

/**
 * The receipt as it goes over the wire (RFC 8098 §3): a report of what a person reads and what a machine does. It says that a
 * person has sent it, and returns nothing of the message. Throws `invalid` for control characters in what becomes a field.
 */
export function composeReceipt({ text, originalMessageId, ...receipt }: Receipt): Readable {
  const ids = originalMessageId === null ? [] : [originalMessageId];
  const header = {
    ...receipt,
    to: [receipt.to],
    ...{ replyTo: [], cc: [], bcc: [], inReplyTo: ids, references: ids },
    ...{ priority: 'normal' as const, wantsReadReceipt: false },
  };
  checkHeaders(header);
  const root = node('multipart/report; report-type=disposition-notification');
  root.setHeader(headersOf(header));
  root.newline = 'win';
  const words = node('text/plain; charset=utf-8');
  words.setContent(text.replace(/\r?\n/g, '\r\n'));
  root.appendChild(words);
  root.appendChild(notificationOf(receipt.from.email, originalMessageId));
  return root.createReadStream();
}

/** RFC 8098 §3.1; addresses beyond ASCII by RFC 6533 §5. */
function notificationOf(email: string, originalMessageId: string | null) {
  const at = email.lastIndexOf('@');
  const domain = domainToASCII(email.slice(at + 1));
  if (at < 1 || domain === '') throw new MailError('invalid', 'not an address', { detail: email.slice(0, 80) });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the bounds of ASCII
  const isForeign = /[^\x00-\x7f]/.test(email.slice(0, at));
  const fields = [
    'Reporting-UA: Posthorn',
    `Final-Recipient: ${isForeign ? `utf-8;${email}` : `rfc822;${email.slice(0, at)}@${domain}`}`,
    ...(originalMessageId === null ? [] : [`Original-Message-ID: <${originalMessageId}>`]),
    'Disposition: manual-action/MDN-sent-manually; displayed',
  ];
  const report = node(`message/${isForeign ? 'global-' : ''}disposition-notification`);
  // To be read as it is (RFC 8098 §3.1), and no base64.
  report.setHeader('Content-Transfer-Encoding', isForeign ? '8bit' : '7bit');
  report.setContent(Buffer.from(`${fields.join('\r\n')}\r\n`));
  return report;
}
