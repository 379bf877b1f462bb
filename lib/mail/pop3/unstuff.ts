const crlf = Buffer.from('\r\n');
const crlfDot = Buffer.from('\r\n.');
const terminator = Buffer.from('.\r\n');
const nothing = Buffer.alloc(0);
const dot = 0x2e;
const cr = 0x0d;

/** Takes the dot-stuffing off a multi-line answer (RFC 1939 §3) as its bytes arrive, cut anywhere. */
export interface Unstuffer {
  /** Gives the content to `emit` as one run; returns the bytes behind the terminator once it was seen, else null. */
  feed(chunk: Buffer, emit: (run: Buffer) => void): Buffer | null;
}

/** Only CRLF ends a line and only CRLF.CRLF ends the answer: a bare LF is content. Holds back two bytes at most. */
export function createUnstuffer(): Unstuffer {
  let held: Buffer = nothing;
  let isLineStart = true;
  /** Pushes what is between the dots to `pieces`, views of `bytes`. */
  const split = (bytes: Buffer, pieces: Buffer[]): Buffer | null => {
    let start = 0;
    while (start < bytes.length) {
      if (isLineStart && bytes[start] === dot) {
        const line = bytes.subarray(start, start + terminator.length);
        if (line.equals(terminator)) return bytes.subarray(start + terminator.length);
        if (line.equals(terminator.subarray(0, line.length))) {
          held = line;
          return null;
        }
        start += 1;
      }
      isLineStart = false;
      const next = bytes.indexOf(crlfDot, start);
      if (next >= 0) {
        pieces.push(bytes.subarray(start, next + crlf.length));
        start = next + crlf.length;
        isLineStart = true;
        continue;
      }
      // A CR at the very end may be the first half of a line end that the next chunk completes.
      const end = bytes.at(-1) === cr ? bytes.length - 1 : bytes.length;
      if (end > start) pieces.push(bytes.subarray(start, end));
      held = bytes.subarray(end);
      isLineStart = bytes.subarray(start).subarray(-crlf.length).equals(crlf);
      return null;
    }
    return null;
  };
  return {
    feed(chunk, emit) {
      const bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
      held = nothing;
      const pieces: Buffer[] = [];
      const rest = split(bytes, pieces);
      const [first] = pieces;
      // Joined: where every line is a dot, a run for each would cost a hundred times its bytes all the way down.
      if (first) emit(pieces.length === 1 ? first : Buffer.concat(pieces));
      return rest;
    },
  };
}
