import { pino } from 'pino';
import { live } from './live.ts';

/** Field names whose values never reach the log, wherever they stand. */
const secrets = ['password', 'secret', 'half', 'token', 'cookie', 'authorization', 'raw', 'subject', 'preview'];

/**
 * The log: one JSON line an event on standard output, `{level, time, msg, …}`. Add `requestId` with `log.child`. What
 * people wrote and what signs them in is cut out, should a caller pass it by mistake.
 */
export const log = live('log', () =>
  pino({
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[cut]' },
    serializers: { err: pino.stdSerializers.errWithCause },
  }),
);

export type Log = typeof log;
