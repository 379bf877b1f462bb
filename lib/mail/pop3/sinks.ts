import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { MailError } from '../errors.ts';

/** Where the content of a multi-line answer goes. */
export interface Sink {
  push(run: Buffer): void;
  end(): void;
  fail(reason: MailError): void;
}

/** Collects up to `maxBytes`; what is more is dropped where `isCut`, else it is `tooLarge`. */
export function createCollectSink(
  bound: { maxBytes: number; isCut: boolean },
  done: (bytes: Buffer) => void,
  fail: (reason: MailError) => void,
): Sink {
  const runs: Buffer[] = [];
  let room = bound.maxBytes;
  return {
    push(run) {
      if (run.length > room && !bound.isCut) throw new MailError('tooLarge', 'the list is too long');
      // A copy: a run is a view of a whole socket chunk, which would stay in memory with it.
      if (room > 0) runs.push(Buffer.from(run.subarray(0, room)));
      room = Math.max(0, room - run.length);
    },
    end: () => done(Buffer.concat(runs)),
    fail,
  };
}

/** Streams at the reader's pace. A reader that destroys the stream early ends the connection: nothing else can come. */
export function createStreamSink(
  socket: Socket,
  maxBytes: number,
  close: (reason: MailError) => void,
): Sink & { stream: Readable } {
  let isOver = false;
  let sizeBytes = 0;
  const stream = new Readable({
    highWaterMark: 256 * 1024,
    read: () => void socket.resume(),
    destroy(error, callback) {
      if (!isOver) close(new MailError('cancelled', 'the reader stopped before the end of the message'));
      callback(error);
    },
  });
  // The connection may fail before its reader has come to listen; it is told by the iteration then, not by a crash.
  stream.on('error', () => undefined);
  return {
    stream,
    push(run) {
      sizeBytes += run.length;
      if (sizeBytes > maxBytes) throw new MailError('tooLarge', 'the message is too large');
      if (!stream.push(run)) socket.pause();
    },
    end() {
      isOver = true;
      stream.push(null);
      socket.resume();
    },
    fail(reason) {
      isOver = true;
      stream.destroy(reason);
    },
  };
}

/**
 * Settles with the bytes where there are at most `wholeBytes`, at their end; else with a stream, as soon as there are more.
 * Streams cost several times what a small message does.
 */
export function createMessageSink(
  wholeBytes: number,
  createStream: () => Sink & { stream: Readable },
  settle: (bytes: Buffer, stream: Readable | null) => void,
  fail: (reason: MailError) => void,
): Sink {
  let runs: Buffer[] = [];
  let sizeBytes = 0;
  let streamed: Sink | null = null;
  const flow = (): Sink => {
    const sink = createStream();
    for (const run of runs) sink.push(run);
    runs = [];
    settle(Buffer.alloc(0), sink.stream);
    return sink;
  };
  if (wholeBytes === 0) streamed = flow();
  return {
    push(run) {
      sizeBytes += run.length;
      if (streamed) return streamed.push(run);
      runs.push(run);
      if (sizeBytes > wholeBytes) streamed = flow();
    },
    end() {
      if (streamed) streamed.end();
      else settle(Buffer.concat(runs), null);
    },
    fail(reason) {
      if (streamed) streamed.fail(reason);
      else fail(reason);
    },
  };
}
