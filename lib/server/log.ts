import { type DestinationStream, pino } from 'pino';
import { live } from './live.ts';

/** Field names whose values never reach the log, wherever they stand. */
const secrets = ['password', 'secret', 'half', 'token', 'cookie', 'authorization', 'raw', 'subject', 'preview'];

/**
 * The log: one JSON line an event on standard output, `{level, time, msg, …}`. What people wrote and what signs them in
 * is cut out, should a caller pass it by mistake.
 */
export const log = live('log', () => createLog());

/** A log of its own stream; `log` is the process's. */
export function createLog(stream?: DestinationStream) {
  const options = {
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level: string) => ({ level }) },
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[cut]' },
    serializers: { err: describeError },
  };
  return stream === undefined ? pino(options) : pino(options, stream);
}

/** Of an error only what names it: libraries hang requests, answers and whole sockets on theirs. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack } = error;
  const { code, serverText } = error as { code?: unknown; serverText?: unknown };
  const cause = error.cause === undefined ? undefined : describeError(error.cause);
  return { name, message, code, serverText, stack, cause };
}
