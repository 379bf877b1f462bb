/** Dovecot keeps keywords of up to 50 characters; two are left for a number that makes one unique. */
const maxLength = 48;

/**
 * A keyword for a name in any script: an atom in lower case, of at most 48 characters, never of the reserved ones that
 * begin with `$`. Thunderbird makes the key of a tag the same way (what is no atom becomes `_`, the rest is modified UTF-7,
 * RFC 3501 §5.1.3), so that a label and a tag of one name are one.
 */
export function keywordFromName(name: string): string {
  const text = name
    .normalize('NFC')
    .trim()
    .replace(/^\$/, '_')
    .replace(/[\p{Cc} ()/{%*<>\\"\]]/gu, '_');
  return text
    .replace(/&|[^\x21-\x7e]+/g, (run) => (run === '&' ? '&-' : `&${encode(run)}-`))
    .slice(0, maxLength)
    .toLowerCase();
}

/** UTF-16 in base64 with `,` in place of `/`, unpadded. */
function encode(text: string): string {
  let bytes = '';
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes += String.fromCharCode(unit >> 8, unit & 0xff);
  }
  return btoa(bytes).replace(/=+$/, '').replaceAll('/', ',');
}
