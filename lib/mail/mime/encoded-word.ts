import { decodeText } from './charset.ts';

/**
 * Header text as people read it: unfolded, encoded words decoded (RFC 2047, also inside quotes and words, where
 * senders put them), raw 8-bit as UTF-8 or windows-1252. A string may hold one char per byte. Never throws.
 */
export function decodeHeader(raw: string | Buffer): string {
  return decodeWords(decodeRaw(raw))
    .replace(/[\r\n\t]+ */g, ' ')
    .trim();
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
  bytes: Buffer;
}

const maxWordLength = 8_192;

/** Decodes the encoded words in unfolded or folded text; what is not one stays. Linear in the length. */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  const opening = /=\?([\w.:+-]+(?:\*[\w-]*)?)\?([bq])\?/gi;
  let out = '';
  let done = 0;
  let pending: Word | null = null;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const start = opening.lastIndex;
    const end = text.indexOf('?=', start);
    if (end < 0) break;
    if (end - start > maxWordLength) continue;
    const word = decodeWord(match[1] ?? '', match[2] ?? '', text.slice(start, end));
    const between = text.slice(done, match.index);
    // White space between encoded words is not shown (RFC 2047 §6.2); a character may be cut between two of them.
    if (pending && /^\s*$/.test(between) && sameCharset(pending, word)) {
      pending = { charset: word.charset, bytes: Buffer.concat([pending.bytes, word.bytes]) };
    } else {
      if (pending) out += textOf(pending);
      if (!pending || !/^\s*$/.test(between)) out += between;
      pending = word;
    }
    done = end + 2;
    opening.lastIndex = done;
  }
  return out + (pending ? textOf(pending) : '') + text.slice(done);
}

const textOf = (word: Word): string => decodeText(word.bytes, word.charset);
const sameCharset = (a: Word, b: Word): boolean => a.charset.toLowerCase() === b.charset.toLowerCase();

function decodeWord(charset: string, encoding: string, payload: string): Word {
  if (encoding.toLowerCase() === 'b') return { charset, bytes: Buffer.from(payload, 'base64') };
  const latin1 = payload
    .replace(/\r?\n[ \t]/g, ' ')
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // Raw Unicode inside a word is out of the RFC; its UTF-8 bytes keep it whole for the common charset.
  return { charset, bytes: Buffer.from(latin1, /[^\0-\xff]/.test(latin1) ? 'utf8' : 'latin1') };
}
