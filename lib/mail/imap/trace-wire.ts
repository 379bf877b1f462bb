import type { ImapFlow } from 'imapflow';
import { hidden } from '../trace/mask.ts';
import { sizeWord, windowBytes } from '../trace/shape.ts';
import type { ConnectionTrace, WireLine } from '../trace/trace.ts';
import { innerOf } from './wire.ts';

/**
 * Tells what goes over the connection. Below imapflow's log, which would serialise every answer once more. Until the
 * server has let us in, only the verbs of what we say are told: the rest may be the secret, in whatever shape.
 */
export function traceWire(client: ImapFlow, trace: ConnectionTrace): void {
  const inner = innerOf(client);
  const write = inner.write.bind(client);
  const handleResponse = inner.handleResponse.bind(client);
  inner.write = (chunk) => {
    if (trace.isOn) trace.tell(saidBy(client, chunk));
    return write(chunk);
  };
  inner.handleResponse = (answer) => {
    if (trace.isOn) trace.tell(answered(answer));
    return handleResponse(answer);
  };
}

const secretCommands = /^(LOGIN|AUTHENTICATE)$/i;

function saidBy(client: ImapFlow, chunk: string | Buffer): WireLine {
  const { currentRequest } = innerOf(client);
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk;
  const line = { direction: 'client' as const, sizeBytes: bytes.length + 2 };
  const command = currentRequest ? currentRequest.command : '';
  const isSecret = !client.authenticated || secretCommands.test(command);
  if (!currentRequest || currentRequest.sent) {
    const isDone = command === 'IDLE' && bytes.length === 4;
    // What follows a command's first bytes is a literal, a line of SASL, or the end of IDLE (RFC 2177).
    return { ...line, text: isSecret ? hidden : isDone ? 'DONE' : sizeWord(bytes.length) };
  }
  const { tag, attributes } = currentRequest;
  const whole = bytes.toString('latin1', 0, windowBytes + 1).slice(tag.length + 1);
  if (!isSecret) return { ...line, tag, text: foldLiterals(whole, true).trimEnd() };
  const mechanism = command === 'AUTHENTICATE' ? mechanismOf(attributes) : '';
  const open = `${command}${mechanism}`;
  return { ...line, tag, text: whole.length > open.length ? `${open} ${hidden}` : open };
}

function mechanismOf(attributes: unknown): string {
  const [first] = Array.isArray(attributes) ? (attributes as { value?: unknown }[]) : [];
  return typeof first?.value === 'string' ? ` ${first.value}` : '';
}

function answered({ payload, literals }: { payload: Buffer; literals: Buffer[] }): WireLine {
  const sizeBytes = literals.reduce((sum, { length }) => sum + length, payload.length + 2);
  const whole = payload.toString('latin1', 0, windowBytes + 1);
  const tag = /^[^\s*+]\S*(?= )/.exec(whole)?.[0];
  const text = foldBodies(foldLiterals(tag === undefined ? whole : whole.slice(tag.length + 1), false));
  return { direction: 'server', tag, text, sizeBytes };
}

/** Literals (RFC 9051 §4.3, RFC 7888) as their sizes; the parser gives a server's without their bytes. */
function foldLiterals(text: string, hasBytes: boolean): string {
  let folded = '';
  let rest = text;
  for (let found = literal.exec(rest); found; found = literal.exec(rest)) {
    const size = Number(found[1]);
    folded += rest.slice(0, found.index) + sizeWord(size);
    rest = rest.slice(found.index + found[0].length + (hasBytes ? size : 0));
  }
  return folded + rest;
}

const literal = /~?\{(\d{1,15})\+?\}\r?\n/;

/** Text of mails that a server sends as quoted strings. */
const foldBodies = (text: string): string =>
  text.replace(bodies, (_, name: string, words: string) => `${name} ${sizeWord(words.length)}`);

const bodies =
  /((?:BODY|BINARY)\[[^\]]*\](?:<\d+>)?|RFC822(?:\.TEXT|\.HEADER)?|PREVIEW) "((?:[^"\\]|\\.)*)(?:"|\\?$)/gi;
