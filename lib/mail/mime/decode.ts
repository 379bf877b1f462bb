/** Bytes of mail to text: bodies by charset, headers by encoded words, parts by transfer encoding. */
export { decodeText } from './charset.ts';
export { decodeHeader } from './encoded-word.ts';
export { decodeTransfer } from './transfer.ts';
