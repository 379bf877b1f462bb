import type { MessageWarning } from '../model.ts';
import { contentOf, type MimePart } from './content.ts';
import type { HeaderField } from './fields.ts';

/** Which open multipart a line delimits, counted from the outermost, and whether it closes it. */
export interface Delimiter {
  index: number;
  isClose: boolean;
}

/** The MIME tree as it grows: the parts so far, and the multiparts that are open. */
export interface Tree {
  readonly root: MimePart | null;
  readonly warnings: Set<MessageWarning>;
  /** No multipart is open: nothing can be a delimiter. */
  readonly isFlat: boolean;
  readonly isFull: boolean;
  /** Adds a part where the last delimiter left off. `number` is its place, also when it is a multipart (RFC 9051 §6.4.5.1). */
  add(fields: HeaderField[]): { part: MimePart; number: string };
  /** Whether a line that begins with two hyphens and this byte may be a delimiter. */
  mayDelimit(byte: number | undefined): boolean;
  /** Innermost first (RFC 2046 §5.1.2: an outer delimiter ends the inner multiparts). */
  delimiterOf(line: string): Delimiter | null;
  /** Ends what a delimiter ends; without one, everything. */
  close(delimiter?: Delimiter): void;
}

interface Multipart {
  part: MimePart;
  boundary: string;
  number: string;
  /** What the numbers of its children begin with. */
  prefix: string;
  children: number;
}

const maxDepth = 50;
const maxParts = 1_000;

/** Gives an empty tree that takes 1,000 parts below the root, and multiparts 50 deep. */
export function createTree(): Tree {
  const warnings = new Set<MessageWarning>();
  const open: Multipart[] = [];
  let root: MimePart | null = null;
  let parts = 0;

  function openMultipart(part: MimePart, boundary: string | null, number: string): void {
    if (boundary === null || open.length >= maxDepth) {
      // Without a boundary it is one text; too deep, it is one thing to download.
      warnings.add(boundary === null ? 'malformed' : 'tooDeep');
      part.type = boundary === null ? 'text/plain' : 'application/octet-stream';
      return;
    }
    part.partId = null;
    // Lines are compared one char per byte.
    const bytes = Buffer.from(boundary, 'utf8').toString('latin1');
    open.push({ part, boundary: bytes, number, prefix: root ? `${number}.` : '', children: 0 });
  }

  return {
    warnings,
    get root() {
      return root;
    },
    get isFlat() {
      return open.length === 0;
    },
    get isFull() {
      return parts > maxParts;
    },
    add(fields) {
      const parent = open.at(-1);
      const { boundary, ...shape } = contentOf(fields, defaultTypeIn(parent?.part.type));
      const number = parent ? `${parent.prefix}${++parent.children}` : '1';
      const part: MimePart = { partId: number, sizeBytes: 0, subParts: [], ...shape };
      parts++;
      if (part.type.startsWith('multipart/')) openMultipart(part, boundary, number);
      root ??= part;
      parent?.part.subParts.push(part);
      // What stood before its first part was for other readers.
      if (parent) parent.part.sizeBytes = 0;
      return { part, number };
    },
    mayDelimit: (byte) => open.some(({ boundary }) => boundary.charCodeAt(0) === byte),
    delimiterOf: (line) => findDelimiter(open, line),
    close({ index, isClose } = { index: 0, isClose: true }) {
      for (const multipart of open.splice(isClose ? index : index + 1)) closeMultipart(multipart, warnings);
    },
  };
}

/** RFC 2046 §5.1.5. */
const defaultTypeIn = (type: string | undefined): string =>
  type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';

function findDelimiter(open: readonly Multipart[], line: string): Delimiter | null {
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

/** A multipart without any part shows what stood before the boundary that never came. */
function closeMultipart({ part, number, children }: Multipart, warnings: Set<MessageWarning>): void {
  if (children > 0 || part.sizeBytes === 0) return;
  warnings.add('malformed');
  part.type = 'text/plain';
  part.partId = number;
}
