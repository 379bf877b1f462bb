import libbase64 from 'libbase64';
import { decodeText } from './charset.ts';

/**
 * Header text as people read it: unfolded, encoded words decoded (RFC 2047, also inside quotes and words, where
 * senders put them), raw 8-bit as UTF-8 or windows-1252. A string may hold one char per byte. Cut at 64 KiB, never throws.
 */
export function decodeHeader(raw: string | Buffer): string {
  return decodeWords(decodeRaw(raw.length > maxLength ? cutBetweenLetters(raw, maxLength) : raw))
    .replace(/[\r\n\t]+ */g, ' ')
    .trim();
}

const maxLength = 64 * 1024;

/** The beginning of raw bytes or of text that holds one char per byte, cut where no letter of UTF-8 is cut through. */
export function cutBetweenLetters(raw: string | Buffer, length: number): string | Buffer {
  const codeAt = (at: number) => (typeof raw === 'string' ? raw.charCodeAt(at) : (raw[at] ?? 0));
  let end = length;
  while (end > length - 4 && (codeAt(end) & 0xc0) === 0x80) end -= 1;
  return typeof raw === 'string' ? raw.slice(0, end) : raw.subarray(0, end);
}

/** Raw 8-bit bytes of a header as text; encoded words stay as they are. */
export function decodeRaw(raw: string | Buffer): string {
  if (typeof raw !== 'string') return decodeText(raw, null);
  // A char above U+00FF cannot be a byte: this text is decoded already. ASCII alone has nothing to decode.
  if (!/[\x80-\xff]/.test(raw) || /[^\0-\xff]/.test(raw)) return raw.replaceAll('\0', '');
  return decodeText(Buffer.from(raw, 'latin1'), null);
}

interface Word {
  charset: string;
  encoding: string;
  payload: string;
}

const maxWordLength = 8_192;

/** Decodes the encoded words in unfolded or folded text; what is not one stays. Linear in the length. */
function decodeWords(text: string): string {
  const opening = /=\?([\w.:+-]+)(?:\*[\w-]*)?\?([bq])\?/gi;
  const out: string[] = [];
  let done = 0;
  let pending: Word | null = null;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const start = opening.lastIndex;
    const end = text.indexOf('?=', start);
    if (end < 0) break;
    if (end - start > maxWordLength) continue;
    const between = text.slice(done, match.index);
    const word: Word = { charset: lower(match[1]), encoding: lower(match[2]), payload: text.slice(start, end) };
    // White space between encoded words is not shown (RFC 2047 §6.2).
    const isAdjacent = pending !== null && /^\s*$/.test(between);
    if (isAdjacent && pending && continues(pending, word)) pending.payload += word.payload;
    else {
      out.push(pending ? decodeWord(pending) : '', isAdjacent ? '' : between);
      pending = word;
    }
    done = end + 2;
    opening.lastIndex = done;
  }
  return out.join('') + (pending ? decodeWord(pending) : '') + text.slice(done);
}

const lower = (text: string | undefined): string => (text ?? '').toLowerCase();

/** Senders cut characters, and even base64 quanta, between two words; together they decode. */
const continues = (word: Word, next: Word): boolean => word.charset === next.charset && word.encoding === next.encoding;

function decodeWord({ charset, encoding, payload }: Word): string {
  if (encoding === 'b') return decodeText(libbase64.decode(payload), charset);
  const latin1 = payload
    .replace(/\r?\n[ \t]/g, ' ')
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // Raw Unicode inside a word is out of the RFC; its UTF-8 bytes keep it whole for the common charset.
  return decodeText(Buffer.from(latin1, /[^\0-\xff]/.test(latin1) ? 'utf8' : 'latin1'), charset);
}
