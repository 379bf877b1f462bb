import type { ExchangeLine } from '../model.ts';
import { createMask, type Mask } from './mask.ts';
import { shapeText } from './shape.ts';

export interface TraceListener {
  onLine(line: ExchangeLine): void;
  /** So many lines were not told: there were more than 500 in a second. */
  onSkipped(lines: number): void;
}

/** What is said over the connections of one account of one sign-in, told while somebody listens. Nothing is kept. */
export interface Trace {
  /** Somebody listens. */
  readonly isOn: boolean;
  /** Names one connection; TLS that begins later does not make it another. `own`: signed in with another secret than the others. */
  connection(own?: string): ConnectionTrace;
  /** Tells every line until `signal` aborts or the account is closed; then it resolves. */
  listen(listener: TraceListener, signal: AbortSignal): Promise<void>;
  /** The sign-in is over: so is the listening. */
  end(): void;
}

/** A line as it is on the wire, bytes as latin1, without its CRLF; what is secret by its place is hidden already. */
export interface WireLine {
  direction: ExchangeLine['direction'];
  text: string;
  tag?: string | undefined;
  sizeBytes: number;
}

export interface ConnectionTrace {
  /** Somebody listens: the one test that a line costs while nobody does. */
  readonly isOn: boolean;
  tell(line: WireLine): void;
}

const perSecond = 500;

export function createTrace(protocol: 'IMAP' | 'POP3' | 'SMTP', secret: string): Trace {
  const listeners = new Map<TraceListener, () => void>();
  let connections = 0;
  let isEnded = false;
  let second = { since: 0, told: 0, skipped: 0 };
  let timer: NodeJS.Timeout | undefined;

  function beginSecond(): void {
    clearTimeout(timer);
    timer = undefined;
    if (second.skipped > 0) for (const listener of listeners.keys()) listener.onSkipped(second.skipped);
    second = { since: Date.now(), told: 0, skipped: 0 };
  }

  function tell(connection: string, { direction, text, tag, sizeBytes }: WireLine, mask: Mask): void {
    const atMs = Date.now();
    if (Math.abs(atMs - second.since) >= 1_000) beginSecond();
    if (second.told >= perSecond) {
      second.skipped += 1;
      timer ??= setTimeout(beginSecond, 1_000).unref();
      return;
    }
    second.told += 1;
    const shown = shapeText(text, mask);
    const line = { atMs, connection, direction, text: shown, sizeBytes, ...(tag ? { tag } : {}) };
    for (const listener of listeners.keys()) listener.onLine(line);
  }

  const trace: Trace = {
    get isOn() {
      return listeners.size > 0;
    },
    connection(own = secret) {
      connections += 1;
      const name = `${protocol} ${connections}`;
      let mask: Mask | null = null;
      return {
        get isOn() {
          return trace.isOn;
        },
        tell(line) {
          mask ??= createMask(own);
          tell(name, line, mask);
        },
      };
    },
    listen(listener, signal) {
      if (isEnded || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const leave = () => {
          signal.removeEventListener('abort', leave);
          listeners.delete(listener);
          if (listeners.size === 0) beginSecond();
          resolve();
        };
        listeners.set(listener, leave);
        signal.addEventListener('abort', leave);
      });
    },
    end() {
      isEnded = true;
      for (const leave of [...listeners.values()]) leave();
    },
  };
  return trace;
}
