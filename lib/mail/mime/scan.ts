import type { MessageWarning } from '../model.ts';
import { contentOf, type MimePart } from './content.ts';
import { type HeaderField, maxHeaderBytes, splitFields } from './fields.ts';
import { createHeldBytes } from './held-bytes.ts';

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

interface Multipart {
  part: MimePart;
  boundary: string;
  /** Its number in the tree, should it turn out to be a leaf; and what its children's begin with. */
  number: string;
  prefix: string;
  children: number;
  defaultType: string;
}

const maxDepth = 50;
const maxParts = 1_000;
/** RFC 2046 allows 70; a far longer line that starts with two hyphens is text. */
const maxBoundaryLine = 16 * 1024;
const newline = 0x0a;

/** Gives a scanner that holds one line at most, never a body. Bounds: depth 50, 1,000 parts, 1 MiB a header. */
export function createScanner(sink: ScanSink): Scanner {
  const warnings = new Set<MessageWarning>();
  const open: Multipart[] = [];
  let root: MimePart | null = null;
  let current: MimePart | null = null;
  let parts = 0;
  let mode: 'header' | 'body' | 'skip' = 'header';
  let header = createHeldBytes();
  let rest: Buffer = Buffer.alloc(0);
  let isLineStart = true;

  function emit(bytes: Buffer): void {
    if (mode !== 'body' || current === null || bytes.length === 0) return;
    current.sizeBytes += bytes.length;
    sink.onBody?.(current, bytes);
  }

  /** The multipart that `line` delimits, and whether it closes it. Innermost first. */
  function delimiterOf(line: string): { index: number; isClose: boolean } | null {
    if (!line.startsWith('--') || open.length === 0) return null;
    // White space after it is the transport's, unless the boundary itself ends so (RFC 2046 §5.1.1).
    const exact = line.slice(2).replace(/\r?\n$/, '');
    const texts = [exact, exact.trimEnd()];
    for (let index = open.length - 1; index >= 0; index--) {
      const boundary = open[index]?.boundary ?? '';
      if (texts.includes(boundary)) return { index, isClose: false };
      if (texts.includes(`${boundary}--`)) return { index, isClose: true };
    }
    return null;
  }

  function delimit({ index, isClose }: { index: number; isClose: boolean }): void {
    if (mode === 'header') endHeader();
    closeTo(isClose ? index : index + 1);
    const isFull = parts > maxParts && !isClose;
    mode = isClose || isFull ? 'skip' : 'header';
    if (isFull) warnings.add('tooManyParts');
    current = null;
  }

  /** Ends multiparts; one without any part shows what stood before the boundary that never came. */
  function closeTo(length: number): void {
    for (const { part, number, children } of open.splice(length)) {
      if (children > 0 || part.sizeBytes === 0) continue;
      warnings.add('malformed');
      part.type = 'text/plain';
      part.partId = number;
    }
  }

  function addHeaderLine(line: Buffer): void {
    header.add(line, maxHeaderBytes - header.length);
    if (header.isCut) warnings.add('malformed');
  }

  function endHeader(): void {
    const fields = splitFields(header.bytes());
    header = createHeldBytes();
    const parent = open.at(-1);
    const content = contentOf(fields, parent?.defaultType ?? 'text/plain');
    const { boundary, ...shape } = content;
    const number = parent ? `${parent.prefix}${++parent.children}` : '1';
    const part: MimePart = { partId: number, sizeBytes: 0, subParts: [], ...shape };
    parts++;
    if (part.type.startsWith('multipart/')) openMultipart(part, boundary, number, parent === undefined);
    if (parent) {
      parent.part.subParts.push(part);
      parent.part.sizeBytes = 0;
    } else root = part;
    current = part;
    mode = 'body';
    sink.onPart?.(part, fields, number);
  }

  function openMultipart(part: MimePart, boundary: string | null, number: string, isRoot: boolean): void {
    if (boundary === null || open.length >= maxDepth) {
      // Without a boundary it is one text; too deep, it is one thing to download.
      warnings.add(boundary === null ? 'malformed' : 'tooDeep');
      part.type = boundary === null ? 'text/plain' : 'application/octet-stream';
      return;
    }
    part.partId = null;
    const defaultType = part.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    // Lines are compared one char per byte.
    const bytes = Buffer.from(boundary, 'utf8').toString('latin1');
    open.push({ part, boundary: bytes, number, prefix: isRoot ? '' : `${number}.`, children: 0, defaultType });
  }

  /** Takes one header line, and gives how many bytes it was; 0 when it is not whole yet. */
  function takeHeaderLine(bytes: Buffer, isFinal: boolean): number {
    const at = bytes.indexOf(newline);
    if (at < 0 && !isFinal && bytes.length < maxHeaderBytes) return 0;
    const line = at < 0 ? bytes : bytes.subarray(0, at + 1);
    const delimiter = line[0] === 0x2d ? delimiterOf(line.toString('latin1', 0, maxBoundaryLine)) : null;
    if (delimiter) delimit(delimiter);
    else if (beginsBody(line, header.length > 0)) {
      endHeader();
      isLineStart = true;
      return 0;
    } else if (line[0] === newline || (line[0] === 0x0d && line[1] === newline)) endHeader();
    else addHeaderLine(line);
    isLineStart = true;
    return line.length;
  }

  /** Takes body bytes up to the next delimiter, or as many as cannot belong to one. */
  function takeBody(bytes: Buffer, isFinal: boolean): number {
    if (open.length === 0) return takePlain(bytes, true);
    const at = isLineStart && bytes[0] === 0x2d && bytes[1] === 0x2d ? 0 : bytes.indexOf('\n--') + 1;
    if (at === 0 && !(isLineStart && bytes[0] === 0x2d)) return takePlain(bytes, isFinal);
    if (at === 0 && bytes[1] !== 0x2d) return bytes.length > 1 || isFinal ? takeLineStart(bytes) : 0;
    const end = bytes.indexOf(newline, at);
    const isWhole = end >= 0 || isFinal || bytes.length - at > maxBoundaryLine;
    const before = beforeBreak(bytes, at);
    if (!isWhole) {
      emit(bytes.subarray(0, before));
      isLineStart = isLineStart && before === 0;
      return before;
    }
    const lineEnd = end < 0 ? bytes.length : end + 1;
    const mayDelimit =
      lineEnd - at <= maxBoundaryLine && open.some(({ boundary }) => boundary.charCodeAt(0) === bytes[at + 2]);
    const delimiter = mayDelimit ? delimiterOf(bytes.toString('latin1', at, lineEnd)) : null;
    if (!delimiter) {
      emit(bytes.subarray(0, at + 2));
      isLineStart = false;
      return at + 2;
    }
    emit(bytes.subarray(0, before));
    delimit(delimiter);
    isLineStart = true;
    return lineEnd;
  }

  function takeLineStart(bytes: Buffer): number {
    emit(bytes.subarray(0, 1));
    isLineStart = false;
    return 1;
  }

  function takePlain(bytes: Buffer, isFinal: boolean): number {
    const end = isFinal ? bytes.length : beforePossibleDelimiter(bytes);
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
    warnings,
    write(chunk) {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      drain(false);
    },
    end() {
      drain(true);
      if (mode === 'header') endHeader();
      closeTo(0);
      if (root === null) throw new Error('the first header always ends in a root');
      return root;
    },
  };
}

/**
 * Whether a line of a header is text already, for want of the empty line between: one that is no field where the first
 * should be, or a delimiter. Any other broken line is left to the header, as the fields after it matter more.
 */
function beginsBody(line: Buffer, hasFields: boolean): boolean {
  if (hasFields) return line[0] === 0x2d && line[1] === 0x2d;
  return !/^([!-9;-~]+[ \t]*(:|\r?\n[ \t]|\r?\n?$)|>?From |[ \t\r\n])/.test(line.toString('latin1', 0, 1_000));
}

/** Where the line break before `at` begins. */
function beforeBreak(bytes: Buffer, at: number): number {
  if (at === 0 || bytes[at - 1] !== newline) return at;
  return bytes[at - 2] === 0x0d ? at - 2 : at - 1;
}

/** How many bytes surely precede a delimiter: all but a line break, and a hyphen after it, at the very end. */
function beforePossibleDelimiter(bytes: Buffer): number {
  let end = bytes.length;
  if (bytes[end - 1] === 0x2d && bytes[end - 2] === newline) end -= 1;
  if (bytes[end - 1] === newline) end -= 1;
  else if (end < bytes.length) return bytes.length;
  if (bytes[end - 1] === 0x0d) end -= 1;
  return end;
}
