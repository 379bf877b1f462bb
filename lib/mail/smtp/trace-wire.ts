import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { hidden } from '../trace/mask.ts';
import { sizeWord, windowBytes } from '../trace/shape.ts';
import type { ConnectionTrace } from '../trace/trace.ts';
import { innerOf } from './inner.ts';

/**
 * Tells what goes over the connection, below nodemailer's log, which writes passwords down. From AUTH until the server has
 * let us in only the mechanism is told of what we say: the rest may be the secret, in whatever shape (RFC 4954 §4). Of a
 * message its size.
 */
export function traceWire(connection: SMTPConnection, trace: ConnectionTrace): void {
  const inner = innerOf(connection);
  const sendCommand = inner._sendCommand.bind(connection);
  const createSendStream = inner._createSendStream.bind(connection);
  const onData = inner._onData.bind(connection);
  const heard = createLines((text, sizeBytes) => trace.tell({ direction: 'server', text, sizeBytes }));
  let hasBegun = false;

  inner._sendCommand = (line, shown) => {
    const isFirst = /^AUTH /i.test(line);
    hasBegun ||= isFirst;
    if (trace.isOn) {
      const bytes = Buffer.from(line, 'utf8');
      const whole = bytes.toString('latin1', 0, windowBytes + 1);
      const isSecret = hasBegun && !connection.authenticated;
      const text = isFirst ? withoutSecret(whole) : isSecret ? hidden : whole;
      trace.tell({ direction: 'client', text, sizeBytes: bytes.length + 2 });
    }
    return sendCommand(line, shown);
  };
  inner._createSendStream = (callback) => {
    const stream = createSendStream(callback);
    stream.once('end', () => {
      const sizeBytes = stream.outByteCount;
      if (trace.isOn) trace.tell({ direction: 'client', text: sizeWord(sizeBytes), sizeBytes });
    });
    return stream;
  };
  inner._onData = (chunk) => {
    if (trace.isOn) heard(chunk);
    return onData(chunk);
  };
}

/** AUTH and its mechanism. */
function withoutSecret(line: string): string {
  const [verb = '', mechanism = '', initial] = line.split(' ');
  return initial === undefined ? line : `${verb} ${mechanism} ${hidden}`;
}

/** Cuts what comes into lines; of one that does not end no more is held than is shown. */
function createLines(tell: (text: string, sizeBytes: number) => void): (chunk: Buffer) => void {
  let begun = '';
  let sizeBytes = 0;
  return (chunk) => {
    const pieces = chunk.toString('latin1').split(/(?<=\n)/);
    for (const piece of pieces) {
      sizeBytes += piece.length;
      begun = (begun + piece).slice(0, windowBytes + 2);
      if (!piece.endsWith('\n')) continue;
      tell(begun.replace(/\r?\n$/, ''), sizeBytes);
      begun = '';
      sizeBytes = 0;
    }
  };
}
