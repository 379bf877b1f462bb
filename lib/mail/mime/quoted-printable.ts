const lf = 0x0a;
const cr = 0x0d;
const tab = 0x09;
const space = 0x20;
const equals = 0x3d;

/** The value of a hex digit by its byte; -1 for what is none. */
const hex = Int8Array.from({ length: 256 }, (_, byte) => {
  const value = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(value) ? -1 : value;
});

/**
 * The bytes of a quoted-printable text (RFC 2045 §6.7), in one pass. White space before a line end is the transport's and
 * left out; an escape that is none stands as it is.
 */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  /** Up to here what was decoded stays, whatever white space it ends with: it came as an escape. */
  let fixed = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte > equals || (byte !== equals && byte !== lf && byte !== cr)) decoded[length++] = byte;
    else if (byte === lf || byte === cr) {
      length = withoutBlanks(decoded, fixed, length);
      decoded[length++] = byte;
      fixed = length;
    } else {
      const first = afterSoftBreaks(bytes, at + 1);
      const second = afterSoftBreaks(bytes, first + 1);
      const value = ((hex[bytes[first] ?? 0] ?? -1) << 4) | (hex[bytes[second] ?? 0] ?? -1);
      if (value >= 0) {
        decoded[length++] = value;
        fixed = length;
        at = second;
        continue;
      }
      const next = softBreakEnd(bytes, at + 1);
      if (next < 0) decoded[length++] = byte;
      else {
        at = next - 1;
        fixed = length;
      }
    }
  }
  return decoded.subarray(0, withoutBlanks(decoded, fixed, length));
}

/** Some senders break lines without a look at what they break: an escape may go on behind a soft break. */
function afterSoftBreaks(bytes: Buffer, at: number): number {
  let after = at;
  while (bytes[after] === equals) {
    const next = softBreakEnd(bytes, after + 1);
    if (next < 0) break;
    after = next;
  }
  return after;
}

/** Where the line after a soft break begins whose `=` stands before `at`, blanks and all; -1 where it is none. */
function softBreakEnd(bytes: Buffer, at: number): number {
  let end = at;
  while (bytes[end] === space || bytes[end] === tab) end += 1;
  if (end === bytes.length || bytes[end] === lf) return Math.min(end + 1, bytes.length);
  return bytes[end] === cr && bytes[end + 1] === lf ? end + 2 : -1;
}

function withoutBlanks(bytes: Buffer, from: number, end: number): number {
  let last = end;
  while (last > from && (bytes[last - 1] === space || bytes[last - 1] === tab)) last -= 1;
  return last;
}
