import type { OperationShape } from '../contract/operations.ts';
import { asMailError, MailError } from '../mail/errors.ts';
import { log } from '../server/log.ts';
import { metrics } from '../server/metrics.ts';
import { problemResponse } from './problem.ts';

interface Occasion {
  requestId: string;
  operation: string;
  signal: AbortSignal;
}

/** Tells the log of an error, whole, and the caller as a problem document. Whatever fails after the caller has gone is `cancelled`. */
export function failed(error: unknown, occasion: Occasion): Response {
  return problemResponse(logged(error, occasion), occasion.requestId);
}

/** Logs an error as loudly as it deserves, and gives it as a MailError. */
export function logged(error: unknown, { requestId, operation, signal }: Occasion): MailError {
  const told = signal.aborted
    ? new MailError('cancelled', 'the caller has gone', { cause: error })
    : asMailError(error);
  const level = told.code === 'internal' ? 'error' : isQuiet(told) ? 'debug' : 'warn';
  log[level]({ requestId, operation, code: told.code, err: told }, 'a request was not done');
  return told;
}

/** Counts a request and its time. */
export function observed(operation: OperationShape, status: number, startedMs: number): void {
  const labels = { method: operation.method, route: operation.path, status: String(status) };
  metrics.httpDuration.observe(labels, (performance.now() - startedMs) / 1_000);
}

/** What a caller or a passing moment causes; the rest (the way to the mail server) the admin should see. */
const quiet: ReadonlySet<string> = new Set([
  'unauthenticated',
  'passwordRefused',
  'forbidden',
  'notFound',
  'stale',
  'invalid',
  'conflict',
  'unsupported',
  'tooLarge',
  'throttled',
  'cancelled',
]);
const isQuiet = (error: MailError): boolean => quiet.has(error.code);
