import { Transform, type TransformCallback } from 'node:stream';
import libbase64 from 'libbase64';
import { decodeQuotedPrintable } from './quoted-printable.ts';

/** A transform from the transfer encoding of a part to its bytes (RFC 2045 §6); an unknown encoding passes as it is. */
export function decodeTransfer(encoding: string | null): Transform {
  switch (
    (encoding ?? '')
      .toLowerCase()
      .replace(/\(.*?\)/g, '')
      .trim()
  ) {
    case 'base64':
      return new libbase64.Decoder();
    case 'quoted-printable':
      return new QuotedPrintable();
    default:
      return new Transform({ transform: (chunk, _, done) => done(null, chunk) });
  }
}

const maxCarryBytes = 64 * 1024;

/** Decodes line by line: a body is never held whole. */
class QuotedPrintable extends Transform {
  #carry: Buffer = Buffer.alloc(0);

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, chunk]) : chunk;
    const lines = bytes.lastIndexOf(0x0a) + 1;
    const isCut = bytes.length - lines > maxCarryBytes;
    const end = isCut ? beforeEscape(bytes) : lines;
    this.#carry = bytes.subarray(end);
    if (end > 0)
      this.push(isCut ? decodeInside(bytes.subarray(0, end)) : decodeQuotedPrintable(bytes.subarray(0, end)));
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.#carry.length > 0) this.push(decodeQuotedPrintable(this.#carry));
    done();
  }
}

/** Decodes up to the middle of a line, whose white space is therefore not at its end. */
const decodeInside = (bytes: Buffer): Buffer =>
  decodeQuotedPrintable(Buffer.concat([bytes, Buffer.from('.')])).subarray(0, -1);

/** A line without end is cut where no escape is cut in two. */
function beforeEscape(bytes: Buffer): number {
  const tail = bytes.subarray(-3);
  const at = tail.indexOf(0x3d);
  return at < 0 ? bytes.length : bytes.length - tail.length + at;
}
