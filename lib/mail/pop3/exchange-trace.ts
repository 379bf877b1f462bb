import { hidden } from '../trace/mask.ts';
import { sizeWord, windowBytes } from '../trace/shape.ts';
import type { ConnectionTrace } from '../trace/trace.ts';

/** A multi-line answer as it is told: the first lines of a listing, of mail only how much it is. */
export interface ToldBody {
  push(run: Buffer): void;
  end(): void;
}

/** What an exchange tells of itself. Each call costs a test or two while nobody listens. */
export interface ExchangeTrace {
  said(line: string, verb: string): void;
  answered(line: string, sizeBytes: number): void;
  /** A final answer came: what is said next begins with its verb again. */
  settled(): void;
  body(verb: string): ToldBody | null;
}

const secretVerbs = new Set(['AUTH', 'APOP', 'PASS']);
const listings = new Set(['UIDL', 'LIST', 'CAPA']);
const shownLines = 20;
/** More than any line of a listing (RFC 1939 §7: a unique-id has 70 characters). */
const shownBytes = 4_096;

/**
 * Hides by place, not by verb: from AUTH, APOP or PASS on everything but the verb, until its final answer, since a line of
 * a SASL exchange may read like any command.
 */
export function createExchangeTrace(trace: ConnectionTrace | undefined): ExchangeTrace {
  let isSigningIn = false;
  const server = (text: string, sizeBytes: number) => trace?.tell({ direction: 'server', text, sizeBytes });
  return {
    said(line, verb) {
      const wasSigningIn = isSigningIn;
      isSigningIn ||= secretVerbs.has(verb);
      if (!trace?.isOn) return;
      const bytes = Buffer.from(line, 'utf8');
      const whole = bytes.toString('latin1', 0, windowBytes + 1);
      const text = wasSigningIn ? hidden : isSigningIn ? withoutSecret(whole) : whole;
      trace.tell({ direction: 'client', text, sizeBytes: bytes.length + 2 });
    },
    answered(line, sizeBytes) {
      if (trace?.isOn) server(line, sizeBytes);
    },
    settled() {
      isSigningIn = false;
    },
    body(verb) {
      if (!trace?.isOn) return null;
      return listings.has(verb) ? listing(server) : content(server);
    },
  };
}

/** The verb, and of AUTH the mechanism (RFC 5034 §4). */
function withoutSecret(line: string): string {
  const [verb = '', mechanism = '', initial] = line.split(' ');
  if (verb !== 'AUTH') return `${verb} ${hidden}`;
  return initial === undefined ? line : `AUTH ${mechanism} ${hidden}`;
}

type Tell = (text: string, sizeBytes: number) => void;

function content(tell: Tell): ToldBody {
  let sizeBytes = 0;
  return {
    push(run) {
      sizeBytes += run.length;
    },
    end: () => tell(sizeWord(sizeBytes), sizeBytes),
  };
}

function listing(tell: Tell): ToldBody {
  let lines = 0;
  let partial = '';
  let hiddenLines = 0;
  let hiddenBytes = 0;
  const take = (line: string) => {
    lines += 1;
    if (lines <= shownLines) return tell(line.replace(/\r?\n$/, ''), line.length);
    hiddenLines += 1;
    hiddenBytes += line.length;
  };
  return {
    push(run) {
      const pieces = `${partial}${run.toString('latin1')}`.split(/(?<=\n)/);
      const last = pieces.at(-1) ?? '';
      partial = last.endsWith('\n') ? '' : last;
      if (partial !== '') pieces.pop();
      for (const piece of pieces) if (piece !== '') take(piece);
      if (partial.length <= shownBytes) return;
      take(partial);
      partial = '';
    },
    end() {
      if (partial !== '') take(partial);
      if (hiddenLines > 0) tell(`(${hiddenLines} more) ${sizeWord(hiddenBytes)}`, hiddenBytes);
    },
  };
}
