import type { MessageWarning } from '../model.ts';
import type { MimePart } from './content.ts';
import { type HeaderField, maxHeaderBytes, splitFields } from './fields.ts';
import { createHeldBytes } from './held-bytes.ts';
import { createTree, type Delimiter } from './tree.ts';

/** What a scanner tells as the bytes go by; buffers are views, valid until the next `write`. */
export interface ScanSink {
  /** A part's header has ended; its `sizeBytes` grows while its body passes. `number` is a multipart's too. */
  onPart?(part: MimePart, fields: HeaderField[], number: string): void;
  /** Bytes of the body as they are on the wire, without the line break that belongs to the boundary. */
  onBody?(part: MimePart, bytes: Buffer): void;
}

/** Cuts a message into its MIME tree while it streams (RFC 2046 §5.1), parts numbered as IMAP does. */
export interface Scanner {
  /** The part whose body passes now; null inside a header. */
  readonly current: MimePart | null;
  readonly warnings: ReadonlySet<MessageWarning>;
  write(chunk: Buffer): void;
  /** Ends the message and gives its tree. */
  end(): MimePart;
}

/** RFC 2046 allows 70; a far longer line that starts with two hyphens is text. */
const maxBoundaryLine = 16 * 1024;
const newline = 0x0a;
const hyphen = 0x2d;
const hyphenedLine = Buffer.from('\n--');

/** Gives a scanner that holds one line or one header at most, never a body. Bounds as `createTree`, 1 MiB a header. */
export function createScanner(sink: ScanSink): Scanner {
  const tree = createTree();
  let current: MimePart | null = null;
  let mode: 'header' | 'body' | 'skip' = 'header';
  let header = createHeldBytes();
  /** Bytes that may yet turn out to be a delimiter, or a line of a header that is not whole. */
  let rest: Buffer = Buffer.alloc(0);
  let isLineStart = true;
  let isFull = false;

  function emit(bytes: Buffer): void {
    if (mode !== 'body' || current === null || bytes.length === 0) return;
    current.sizeBytes += bytes.length;
    sink.onBody?.(current, bytes);
    isLineStart = false;
  }

  function delimit(delimiter: Delimiter): void {
    if (mode === 'header') endHeader(null);
    tree.close(delimiter);
    isFull = tree.isFull && !delimiter.isClose;
    if (isFull) tree.warnings.add('tooManyParts');
    mode = delimiter.isClose || isFull ? 'skip' : 'header';
    current = null;
    isLineStart = true;
  }

  /** Ends a header at `line`, the empty one, or at a delimiter (null); what has no field at all was text for want of a header. */
  function endHeader(line: Buffer | null): void {
    const bytes = header.bytes();
    const fields = splitFields(bytes);
    const { part, number } = tree.add(fields);
    header = createHeldBytes();
    current = part;
    mode = 'body';
    sink.onPart?.(part, fields, number);
    if (fields.length > 0 || /^>?From |^\s*$/.test(bytes.toString('latin1', 0, 100))) return;
    emit(line === null ? bytes.subarray(0, beforeBreak(bytes, bytes.length)) : Buffer.concat([bytes, line]));
    isLineStart = true;
  }

  /** Takes one line of a header, and gives how many bytes it was; 0 when it is not whole yet, or begins the body. */
  function takeHeaderLine(bytes: Buffer, isFinal: boolean): number {
    const at = bytes.indexOf(newline);
    if (at < 0 && !isFinal && bytes.length < maxHeaderBytes) return 0;
    const line = at < 0 ? bytes : bytes.subarray(0, at + 1);
    const isHyphened = line[0] === hyphen && line[1] === hyphen;
    const delimiter = isHyphened ? tree.delimiterOf(line.toString('latin1', 0, maxBoundaryLine)) : null;
    isLineStart = true;
    if (delimiter) delimit(delimiter);
    else if (isHyphened) {
      // The first delimiter of a multipart whose header lacks the empty line, or text.
      endHeader(Buffer.alloc(0));
      return 0;
    } else if (beforeBreak(line, line.length) === 0) endHeader(line);
    else {
      header.add(line, maxHeaderBytes - header.length);
      if (header.isCut) tree.warnings.add('malformed');
    }
    return line.length;
  }

  /** Takes bytes of a body up to and with the next delimiter, or as many as cannot belong to one. */
  function takeBody(bytes: Buffer, isFinal: boolean): number {
    // No more parts are taken, so nothing that follows can be one.
    if (isFull || tree.isFlat) return takePlain(bytes, bytes.length);
    const isAtStart = isLineStart && bytes[0] === hyphen && (bytes[1] === hyphen || bytes.length === 1);
    let at = isAtStart ? 0 : bytes.indexOf(hyphenedLine) + 1;
    // Most lines that begin so delimit nothing.
    while (at > 0 && at + 2 < bytes.length && !tree.mayDelimit(bytes[at + 2]))
      at = bytes.indexOf(hyphenedLine, at + 1) + 1;
    if (at === 0 && !isAtStart) return takePlain(bytes, isFinal ? bytes.length : beforePossibleDelimiter(bytes));
    const end = bytes.indexOf(newline, at);
    const before = beforeBreak(bytes, at);
    if (end < 0 && !isFinal && bytes.length - at <= maxBoundaryLine) return takePlain(bytes, before);
    const lineEnd = end < 0 ? bytes.length : end + 1;
    const mayDelimit = lineEnd - at <= maxBoundaryLine && tree.mayDelimit(bytes[at + 2]);
    const delimiter = mayDelimit ? tree.delimiterOf(bytes.toString('latin1', at, lineEnd)) : null;
    if (!delimiter) return takePlain(bytes, Math.min(at + 2, bytes.length));
    emit(bytes.subarray(0, before));
    delimit(delimiter);
    return lineEnd;
  }

  function takePlain(bytes: Buffer, end: number): number {
    emit(bytes.subarray(0, end));
    if (end > 0) isLineStart = false;
    return end;
  }

  function drain(isFinal: boolean): void {
    let at = 0;
    while (at < rest.length) {
      const bytes = rest.subarray(at);
      const before = mode;
      const taken = before === 'header' ? takeHeaderLine(bytes, isFinal) : takeBody(bytes, isFinal);
      if (taken === 0 && mode === before) break;
      at += taken;
    }
    rest = rest.subarray(at);
  }

  return {
    get current() {
      return current;
    },
    warnings: tree.warnings,
    write(chunk) {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      drain(false);
    },
    end() {
      drain(true);
      if (mode === 'header') endHeader(Buffer.alloc(0));
      tree.close();
      if (tree.root === null) throw new Error('the first header always ends in a root');
      return tree.root;
    },
  };
}

/** Where the line break before `at` begins; `at` itself when there is none. */
function beforeBreak(bytes: Buffer, at: number): number {
  if (at === 0 || bytes[at - 1] !== newline) return at;
  return bytes[at - 2] === 0x0d ? at - 2 : at - 1;
}

/** How many bytes surely precede a delimiter: all but a line break, and a hyphen after it, at the very end. */
function beforePossibleDelimiter(bytes: Buffer): number {
  const end = bytes.at(-1) === hyphen && bytes.at(-2) === newline ? bytes.length - 1 : bytes.length;
  if (bytes[end - 1] === 0x0d) return end - 1;
  return beforeBreak(bytes, end);
}
