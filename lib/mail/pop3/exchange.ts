import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { MailError } from '../errors.ts';
import type { ConnectionTrace } from '../trace/trace.ts';
import { createExchangeTrace, type ToldBody } from './exchange-trace.ts';
import type { Pop3Limits } from './limits.ts';
import { parseStatus, type Refusal, refusalOf, type Status } from './response.ts';
import { createCollectSink, createMessageSink, createStreamSink, type Sink } from './sinks.ts';
import { createUnstuffer, type Unstuffer } from './unstuff.ts';

/**
 * What follows a `+OK`: nothing, lines to collect (`isCut`: keep the first bytes, drop the rest), or a stream of bytes;
 * one of at most `wholeBytes` is collected all the same.
 */
export type Body =
  | { kind: 'none' }
  | { kind: 'collect'; maxBytes: number; isCut: boolean }
  | { kind: 'stream'; maxBytes: number; wholeBytes: number }
  /** After this answer the socket belongs to someone else (STLS); `bytes` is what already came behind it. */
  | { kind: 'handOver' };

export interface Answer {
  status: Status;
  /** The collected bytes, dot-unstuffed; empty where there is no body. */
  bytes: Buffer;
  /** Must be read to its end: the next answer stands behind it. Destroying it closes the connection. */
  stream: Readable | null;
}

interface Expectation {
  line: string;
  verb: string;
  body: Body;
  refusal: Refusal;
  resolve(answer: Answer): void;
  reject(error: MailError): void;
}

/** Commands out and answers in over one socket: in order, cut at any byte, within bounds. Bytes stay bytes. */
export interface Exchange {
  /** The server's first line. */
  greeting: Promise<Answer>;
  /** Queues one line without its CRLF. Rejects with what a `-ERR` means, or with why the connection ended. */
  send(line: string, body?: Body, refusal?: Refusal): Promise<Answer>;
  /** Lets commands go out before the answers to earlier ones are in (RFC 2449 §6.6). */
  pipeline(): void;
  /** Ends the connection at once, without QUIT: what waits for an answer is told `reason`. */
  close(reason: MailError): void;
}

/** So many commands may be under way with PIPELINING: more gains nothing and swells the server's buffers. */
const pipelineDepth = 64;
const none: Body = { kind: 'none' };
const nothing = Buffer.alloc(0);
const lf = 0x0a;

export function createExchange(
  socket: Socket,
  limits: Pop3Limits,
  options: { greets: boolean; trace?: ConnectionTrace | undefined },
): Exchange {
  const trace = createExchangeTrace(options.trace);
  const queued: Expectation[] = [];
  const underWay: Expectation[] = [];
  let depth = 1;
  let partial: Buffer = nothing;
  let reading: { unstuffer: Unstuffer; sink: Sink; sizeBytes: number; told: ToldBody | null } | null = null;
  let ended: MailError | null = null;
  let isFlushing = false;

  const silence = setTimeout(() => {
    // A reader that is slow to take what we hold is not the server's silence.
    if (socket.isPaused()) silence.refresh();
    else if (underWay.length > 0 || reading) close(new MailError('timeout', 'the server stopped answering'));
  }, limits.answerMs);
  silence.unref();

  const close = (reason: MailError) => {
    if (ended) return;
    ended = reason;
    clearTimeout(silence);
    detach();
    socket.on('error', () => undefined).destroy();
    reading?.sink.fail(reason);
    for (const expectation of [...underWay.splice(0), ...queued.splice(0)]) expectation.reject(reason);
  };

  const onData = (chunk: Buffer) => {
    silence.refresh();
    try {
      let rest: Buffer | null = chunk;
      while (rest !== null && rest.length > 0 && !ended) rest = reading ? readBody(rest) : readStatus(rest);
    } catch (error) {
      close(error instanceof MailError ? error : new MailError('protocol', 'unreadable answer', { cause: error }));
    }
  };
  const onGone = (cause?: Error) =>
    close(new MailError('unreachable', 'the server closed the connection', cause ? { cause } : {}));
  const onEnd = () => onGone();
  const detach = () => socket.off('data', onData).off('error', onGone).off('end', onEnd).off('close', onEnd);

  function readBody(chunk: Buffer): Buffer | null {
    const current = reading;
    if (!current) return chunk;
    const rest = current.unstuffer.feed(chunk, (run) => {
      current.sizeBytes += run.length;
      current.told?.push(run);
      if (current.sizeBytes > limits.messageBytes) throw new MailError('tooLarge', 'the answer is too large');
      current.sink.push(run);
    });
    if (rest === null) return null;
    reading = null;
    current.told?.end();
    current.sink.end();
    flush();
    return rest;
  }

  function readStatus(chunk: Buffer): Buffer | null {
    const end = chunk.indexOf(lf);
    const line = Buffer.concat([partial, end < 0 ? chunk : chunk.subarray(0, end + 1)]);
    if (line.length > limits.statusBytes) throw new MailError('protocol', 'the answer line is too long');
    partial = end < 0 ? line : nothing;
    if (end < 0) return null;
    const rest = chunk.subarray(end + 1);
    const words = line.toString('latin1').replace(/\r?\n$/, '');
    trace.answered(words, line.length);
    const status = parseStatus(words);
    if (status.kind !== 'continuation') trace.settled();
    const expectation = underWay.shift();
    if (!expectation) throw unasked(status);
    const { body, verb, refusal } = expectation;
    if (status.kind === 'error') expectation.reject(refusalOf(status, verb, refusal));
    else if (body.kind === 'handOver') {
      clearTimeout(silence);
      detach();
      // TLS tells its own errors; the plain socket below it must not end the process with the same one.
      socket.on('error', () => undefined).pause();
      ended = new MailError('internal', 'the connection was handed over');
      expectation.resolve({ status, bytes: rest, stream: null });
      return null;
    } else if (body.kind === 'none' || status.kind === 'continuation') {
      expectation.resolve({ status, bytes: nothing, stream: null });
    } else {
      const told = trace.body(verb);
      reading = { unstuffer: createUnstuffer(), sink: sinkOf(expectation, body, status), sizeBytes: 0, told };
    }
    if (!reading) flush();
    return rest;
  }

  function sinkOf(expectation: Expectation, body: Body, status: Status): Sink {
    if (body.kind === 'stream') {
      const settle = (bytes: Buffer, stream: Readable | null) => expectation.resolve({ status, bytes, stream });
      const stream = () => createStreamSink(socket, body.maxBytes, close);
      return createMessageSink(body.wholeBytes, stream, settle, expectation.reject);
    }
    const maxBytes = body.kind === 'collect' ? body.maxBytes : 0;
    const isCut = body.kind === 'collect' && body.isCut;
    return createCollectSink(
      { maxBytes, isCut },
      (bytes) => expectation.resolve({ status, bytes, stream: null }),
      expectation.reject,
    );
  }

  function flush() {
    socket.cork();
    while (!ended && underWay.length < depth) {
      const next = queued.shift();
      if (!next) break;
      underWay.push(next);
      silence.refresh();
      trace.said(next.line, next.verb);
      socket.write(`${next.line}\r\n`, 'utf8');
    }
    socket.uncork();
  }

  /** Commands of one moment go out together: one packet for all of them, and one waking of the server. */
  function flushSoon() {
    if (isFlushing) return;
    isFlushing = true;
    setImmediate(() => {
      isFlushing = false;
      flush();
    });
  }

  const expect = (line: string, verb: string, body: Body, refusal: Refusal, queue: Expectation[]) =>
    new Promise<Answer>((resolve, reject) => {
      if (ended) return reject(ended);
      queue.push({ line, verb, body, refusal, resolve, reject });
    });

  socket.on('data', onData).on('error', onGone).on('end', onEnd).on('close', onEnd);
  const greeting = options.greets
    ? expect('', 'the connection', none, 'greeting', underWay)
    : Promise.resolve({ status: parseStatus('+OK'), bytes: nothing, stream: null });
  return {
    greeting,
    send(line, body = none, refusal = 'command') {
      if (/[\r\n\0]/.test(line)) return Promise.reject(new MailError('invalid', 'a line break in a command'));
      const answer = expect(line, verbOf(line), body, refusal, queued);
      if (depth > 1) flushSoon();
      else if (!reading) flush();
      return answer;
    },
    pipeline() {
      depth = pipelineDepth;
    },
    close,
  };
}

const verbs = /^(CAPA|STLS|UTF8|AUTH|APOP|USER|PASS|LIST|UIDL|TOP|RETR|DELE|QUIT)(?= |$)/;

/** For errors and logs. A line within a SASL exchange is all secret: it has no verb. */
const verbOf = (line: string): string => verbs.exec(line)?.[0] ?? 'AUTH';

/** Words that nobody asked for: a `-ERR` before the server hangs up says why it does. */
function unasked(status: Status): MailError {
  if (status.kind === 'error') return refusalOf(status, 'the session', 'session');
  return new MailError('protocol', 'the server answered what was not asked');
}
