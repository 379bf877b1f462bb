import { Readable } from 'node:stream';
import { compile } from 'html-to-text';
import MimeNode from 'nodemailer/lib/mime-node';
import { flow } from '../../text/flow.ts';
import { MailError } from '../errors.ts';
import type { Composition, EmailAddress } from '../model.ts';

/** A file that goes with a message: attached, or shown where the HTML names its `cid`. */
export interface ComposedPart {
  name: string | null;
  type: string;
  cid: string | null;
  isInline: boolean;
  /** Its bytes, decoded. Opened once. */
  open(): Readable;
}

/**
 * The message as it goes over the wire (RFC 5322, CRLF line ends): mixed of alternative of plain text (format=flowed, RFC
 * 3676), HTML with its pictures (related, RFC 2387) and the answer to an invitation (RFC 6047 §2.4), then the files. Without Bcc unless `keepsBcc`. Throws `invalid`
 * for control characters in what becomes a header; the stream fails as the parts do.
 */
export function composeMessage(
  composition: Composition,
  attached: ComposedPart[],
  { keepsBcc }: { keepsBcc: boolean },
): Readable {
  checkHeaders(composition);
  const { calendar } = composition;
  const parts = calendar === null ? attached : [...attached, calendarFile(calendar)];
  const files = parts.filter((part) => !isPicture(part, composition));
  const root = files.length > 0 ? node('multipart/mixed') : bodyOf(composition, parts);
  if (files.length > 0) {
    root.appendChild(bodyOf(composition, parts));
    for (const file of files) root.appendChild(fileOf(file));
  }
  root.keepBcc = keepsBcc;
  root.setHeader(headersOf(composition));
  root.newline = 'win';
  return root.createReadStream();
}

/** The Bcc field with its line end, for the sender's own copies; empty where nobody is named. */
export function bccFieldOf({ bcc }: Pick<Composition, 'bcc'>): string {
  if (bcc.length === 0) return '';
  const root = node('text/plain');
  root.keepBcc = true;
  root.setHeader('Bcc', bcc.map(wireAddress));
  const field = /^Bcc:.*(?:\r\n[ \t].*)*/m.exec(root.buildHeaders())?.[0];
  return field === undefined ? '' : `${field}\r\n`;
}

/** HTML for those who read plain text: links with where they lead, pictures left out. */
export const plainOf = compile({
  wordwrap: false,
  limits: { maxInputLength: 4 * 1024 * 1024, maxDepth: 60 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
    { selector: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
  ],
});

function bodyOf(composition: Composition, parts: ComposedPart[]): MimeNode {
  const { html, calendar } = composition;
  const text = node('text/plain; charset=utf-8; format=flowed');
  text.setContent(flow(composition.text ?? plainOf(html ?? '')));
  if (html === null && calendar === null) return text;
  const alternative = node('multipart/alternative');
  alternative.appendChild(text);
  if (html !== null) alternative.appendChild(pageOf(html, composition, parts));
  if (calendar !== null) {
    // The last of the kinds, so that what knows calendars takes it.
    const answer = node('text/calendar; charset=utf-8; method=REPLY');
    answer.setContent(calendar);
    alternative.appendChild(answer);
  }
  return alternative;
}

/** The HTML, with its pictures where it has some. */
function pageOf(html: string, composition: Composition, parts: ComposedPart[]): MimeNode {
  const pictures = parts.filter((part) => isPicture(part, composition));
  const page = node('text/html; charset=utf-8');
  page.setContent(html);
  if (pictures.length === 0) return page;
  const related = node('multipart/related; type="text/html"');
  related.appendChild(page);
  for (const picture of pictures) related.appendChild(fileOf(picture));
  return related;
}

/** Once more as a file, for programs that look for nothing else. */
const calendarFile = (calendar: string): ComposedPart => ({
  ...{ name: 'answer.ics', type: 'application/ics', cid: null, isInline: false },
  open: () => Readable.from([Buffer.from(calendar)]),
});

const isPicture = ({ isInline, cid }: ComposedPart, { html }: Composition): boolean =>
  isInline && cid !== null && html !== null;

function fileOf({ name, type, cid, isInline, open }: ComposedPart): MimeNode {
  // Declared as a multipart, a saved page would be read as one without parts: base64 may not wrap it (RFC 2045 §6.4).
  const safe = /^(?!multipart\/)[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i.test(type)
    ? type
    : 'application/octet-stream';
  const file = node(safe, name ?? undefined);
  // base64 keeps every byte; only a message may not be wrapped in it (RFC 2046 §5.2.1).
  file.setHeader('Content-Transfer-Encoding', /^message\//i.test(safe) ? '8bit' : 'base64');
  file.setHeader('Content-Disposition', isInline ? 'inline' : 'attachment');
  if (cid !== null) file.setHeader('Content-Id', `<${cid}>`);
  file.setContent(open());
  return file;
}

/** A node that reads no file and fetches nothing. */
export function node(type: string, filename?: string): MimeNode {
  const bounds = { disableFileAccess: true, disableUrlAccess: true, boundaryPrefix: '=_' };
  return new MimeNode(type, filename === undefined ? bounds : { ...bounds, filename });
}

/** The header of a message, field by field. */
export function headersOf(composition: Omit<Composition, 'text' | 'html' | 'calendar'>) {
  const { from, replyTo, to, cc, bcc, subject, priority, inReplyTo, references } = composition;
  const ids = (list: string[]) => list.map((id) => `<${id}>`).join(' ');
  const list = (key: string, addresses: EmailAddress[]) =>
    addresses.length === 0 ? [] : [{ key, value: addresses.map(wireAddress) }];
  const field = (key: string, value: string) => (value === '' ? [] : [{ key, value }]);
  return [
    { key: 'From', value: wireAddress(from) },
    ...list('Reply-To', replyTo),
    ...list('To', to),
    ...list('Cc', cc),
    ...list('Bcc', bcc),
    ...field('Subject', subject),
    { key: 'Date', value: new Date(composition.sentAt).toUTCString().replace('GMT', '+0000') },
    { key: 'Message-ID', value: `<${composition.messageId}>` },
    ...field('In-Reply-To', ids(inReplyTo)),
    ...field('References', ids(references)),
    ...(priority === 'normal' ? [] : urgency[priority]),
    ...(composition.wantsReadReceipt ? [{ key: 'Disposition-Notification-To', value: `<${from.email}>` }] : []),
  ];
}

const urgency = {
  high: [
    { key: 'Importance', value: 'high' },
    { key: 'X-Priority', value: '1' },
  ],
  low: [
    { key: 'Importance', value: 'low' },
    { key: 'X-Priority', value: '5' },
  ],
};

const wireAddress = ({ name, email }: EmailAddress) => ({ name: name ?? '', address: email });

/** RFC 5322 §2.2: nothing of a header may end its line. The contract refuses it before; this is the last door. */
export function checkHeaders(composition: Omit<Composition, 'text' | 'html' | 'calendar'>): void {
  const { from, replyTo, to, cc, bcc, subject, messageId, inReplyTo, references } = composition;
  const people = [from, ...replyTo, ...to, ...cc, ...bcc].flatMap(({ name, email }) => [name ?? '', email]);
  for (const text of [subject, messageId, ...inReplyTo, ...references, ...people])
    if (/\p{Cc}/u.test(text)) throw new MailError('invalid', 'a control character in a header');
  for (const id of [messageId, ...inReplyTo, ...references])
    if (/[<>\s]/.test(id)) throw new MailError('invalid', 'not a message id', { detail: id.slice(0, 80) });
}
