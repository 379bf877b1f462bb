import libbase64 from 'libbase64';
import type { TextBody } from '../model.ts';
import { decodeText } from './charset.ts';
import type { MimePart } from './content.ts';
import { decodeQuotedPrintable } from './quoted-printable.ts';

/** A text body holds no more bytes than this, decoded from its transfer encoding. */
export const maxTextBytes = 2 * 1024 * 1024;

/** What decides how a text part reads. */
export type TextPart = Pick<MimePart, 'partId' | 'type' | 'charset' | 'isFlowed' | 'isDelSp'>;

/** The text of a part from its bytes, decoded from the transfer encoding, cut at 2 MiB. `isCut`: there were more. */
export function textBodyOf(part: TextPart, bytes: Buffer, isCut = false): TextBody {
  return {
    partId: part.partId ?? '',
    type: part.type === 'text/html' ? 'text/html' : 'text/plain',
    text: withLineFeeds(decodeText(bytes.subarray(0, maxTextBytes), part.charset)),
    isTruncated: isCut || bytes.length > maxTextBytes,
    ...(part.isFlowed && { isFlowed: true }),
    ...(part.isFlowed && part.isDelSp && { isDelSp: true }),
  };
}

/** Bytes on the wire to the bytes of the part, at once (RFC 2045 §6); for texts, `decodeTransfer` is for files. */
export function decodeBytes(bytes: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return libbase64.decode(bytes.toString('latin1'));
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(bytes);
  return bytes;
}

/** A CR by itself is rare, and looking for it alone is quick; a text that is nothing but line ends is split four times as fast. */
function withLineFeeds(text: string): string {
  const lines = text.split('\r\n').join('\n');
  return lines.includes('\r') ? lines.split('\r').join('\n') : lines;
}
