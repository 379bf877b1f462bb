import { isAscii, isUtf8 } from 'node:buffer';
import encodingJapanese from 'encoding-japanese';
import iconv from 'iconv-lite';
import { decodeUtf7, unshiftHz, unshiftKr } from './shifted.ts';

/**
 * Bytes to text by the charset that the mail declares, or by what the bytes are where it declares none or lies
 * (RFC 2045 §5.2 says us-ascii; 8-bit mail without a charset is UTF-8 if valid, else windows-1252). Never throws;
 * NULs are dropped. Node 20's TextDecoder is wrong for windows-1252, so iconv-lite decodes.
 */
export function decodeText(bytes: Buffer, charset: string | null): string {
  return decodeAs(bytes, normaliseCharset(charset))
    .replaceAll('\0', '')
    .replace(/^\uFEFF/, '');
}

/** The canonical name of a charset label, with the aliases that senders use; null where it says nothing usable. */
function normaliseCharset(charset: string | null): string | null {
  const label = (charset ?? '')
    .toLowerCase()
    .replace(/\*.*$/, '')
    .replace(/["'\s]/g, '');
  const name = aliases.get(label) ?? label.replace(/^(?:cp|win|windows)[-_]?(125\d)$/, 'windows-$1');
  return name === '' || undeclared.has(name) ? null : name;
}

/** What WHATWG's Encoding Standard §4.2 and real senders mean by these labels. */
const aliases = new Map([
  ['iso-8859-1', 'windows-1252'],
  ['iso8859-1', 'windows-1252'],
  ['iso_8859-1', 'windows-1252'],
  ['iso88591', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['latin-1', 'windows-1252'],
  ['l1', 'windows-1252'],
  ['ansi', 'windows-1252'],
  ['iso-8859-9', 'windows-1254'],
  ['iso-8859-11', 'windows-874'],
  ['tis-620', 'windows-874'],
  ['iso-8859-6-i', 'iso-8859-6'],
  ['iso-8859-6-e', 'iso-8859-6'],
  ['iso-8859-8-i', 'iso-8859-8'],
  ['iso-8859-8-e', 'iso-8859-8'],
  ['gb2312', 'gb18030'],
  ['gb_2312-80', 'gb18030'],
  ['gbk', 'gb18030'],
  ['x-gbk', 'gb18030'],
  ['cp936', 'gb18030'],
  ['euc-cn', 'gb18030'],
  ['ks_c_5601-1987', 'cp949'],
  ['ksc5601', 'cp949'],
  ['euc-kr', 'cp949'],
  ['x-windows-949', 'cp949'],
  ['shift_jis', 'cp932'],
  ['shift-jis', 'cp932'],
  ['sjis', 'cp932'],
  ['x-sjis', 'cp932'],
  ['ms_kanji', 'cp932'],
  ['x-euc-jp', 'euc-jp'],
  ['x-mac-roman', 'macintosh'],
  ['x-mac-cyrillic', 'maccyrillic'],
  ['x-user-defined', 'windows-1252'],
  ['utf8', 'utf-8'],
  ['utf8mb4', 'utf-8'],
  ['unicode-1-1-utf-8', 'utf-8'],
  ['unicode-1-1-utf-7', 'utf-7'],
  ['x-unicode-2-0-utf-7', 'utf-7'],
  ['iso-10646-ucs-2', 'utf-16be'],
  ['koi8', 'koi8-r'],
]);

const undeclared = new Set([
  'us-ascii',
  'ascii',
  'ansi_x3.4-1968',
  '7bit',
  '8bit',
  'unknown',
  'unknown-8bit',
  'x-unknown',
]);

function decodeAs(bytes: Buffer, name: string | null): string {
  if (name === null || name === 'utf-8') return decodeUndeclared(bytes, name === 'utf-8');
  if (/^iso-2022-(jp|jp-\d|jp-ms)$/.test(name)) return decodeJis(bytes);
  if (name === 'iso-2022-kr') return iconv.decode(unshiftKr(bytes), 'cp949');
  if (name === 'hz-gb-2312') return iconv.decode(unshiftHz(bytes), 'gb18030');
  if (name === 'utf-7') return decodeUtf7(bytes);
  if (notCharsets.has(name) || !iconv.encodingExists(name)) return decodeUndeclared(bytes, false);
  return iconv.decode(bytes, name);
}

/** Codecs of iconv-lite that are not charsets of mail. */
const notCharsets = new Set(['base64', 'hex', 'binary', 'utf7imap', 'utf-7-imap', 'ucs2', 'internal', 'cesu8']);

function decodeUndeclared(bytes: Buffer, saysUtf8: boolean): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return iconv.decode(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return iconv.decode(bytes, 'utf-16be');
  const hasEscape = bytes.includes('\x1b$') || bytes.includes('\x1b(J');
  if (isUtf8(bytes) || isCutUtf8(bytes)) return hasEscape ? decodeJis(bytes) : bytes.toString('utf8');
  if (!saysUtf8) return iconv.decode(bytes, 'windows-1252');
  // Declared UTF-8 with some damage stays UTF-8; with no sound sequence at all the label is the mistake.
  const text = bytes.toString('utf8');
  return /[^\0-\x7f\ufffd]/.test(text) ? text : iconv.decode(bytes, 'windows-1252');
}

/** A text cut at a bound may end inside a character: after other sound ones, that does not make it invalid. */
function isCutUtf8(bytes: Buffer): boolean {
  for (let back = 1; back <= 3 && back < bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    const rest = bytes.subarray(0, bytes.length - back);
    if (byte >= 0xc0) return isUtf8(rest) && !isAscii(rest);
    if (byte < 0x80) break;
  }
  return false;
}

/** ISO-2022-JP (RFC 1468), which iconv-lite does not know. */
function decodeJis(bytes: Buffer): string {
  return encodingJapanese.convert(bytes, { from: 'JIS', to: 'UNICODE', type: 'string' });
}
