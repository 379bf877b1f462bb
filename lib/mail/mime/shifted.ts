/** The charsets of mail that shift in seven bits, each taken apart in one pass, so that no text of them holds the process. */

const hyphen = 0x2d;
const plus = 0x2b;
const tilde = 0x7e;

const values = new Int8Array(256).fill(-1);
for (const [value, char] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  values[char.charCodeAt(0)] = value;

/** UTF-7 (RFC 2152): between `+` and the first byte that is not of base64 stand UTF-16 units; `+-` is a plus. */
export function decodeUtf7(bytes: Buffer): string {
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== plus) {
      units[length++] = byte;
      continue;
    }
    if (bytes[at + 1] === hyphen) units[length++] = plus;
    let bits = 0;
    let count = 0;
    for (let value = values[bytes[at + 1] ?? 0] ?? -1; value >= 0; value = values[bytes[at + 1] ?? 0] ?? -1) {
      at++;
      bits = ((bits << 6) | value) & 0x3fffff;
      count += 6;
      if (count < 16) continue;
      count -= 16;
      units[length++] = (bits >> count) & 0xffff;
    }
    if (bytes[at + 1] === hyphen) at++;
  }
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
}

/** ISO-2022-KR (RFC 1557) as EUC-KR: between SO and SI its bytes have lost their high bit. */
export function unshiftKr(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let isShifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x0e || byte === 0x0f) isShifted = byte === 0x0e;
    else if (byte === 0x1b && bytes.toString('latin1', at + 1, at + 4) === '$)C') at += 3;
    else out[length++] = isShifted && byte > 0x20 ? byte | 0x80 : byte;
  }
  return out.subarray(0, length);
}

/** HZ (RFC 1843) as GB 2312: between `~{` and `~}`, or the end of the line, its bytes have lost their high bit. */
export function unshiftHz(bytes: Buffer): Buffer {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let isShifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const next = String.fromCharCode(bytes[at + 1] ?? 0);
    if (byte === 0x0a) isShifted = false;
    if (byte !== tilde) out[length++] = isShifted && byte > 0x20 ? byte | 0x80 : byte;
    else if (next === '{' || next === '}') {
      isShifted = next === '{';
      at++;
    } else if (next === '\n') at++;
    else if (next === '\r') at += 2;
    else {
      out[length++] = tilde;
      if (next === '~') at++;
    }
  }
  return out.subarray(0, length);
}
