import { type ConnectionTrace, createTrace, type Trace, type TraceListener } from '../../mail/open.ts';
import { live } from '../live.ts';

/** Of each account for which somebody listens or something is being sent: what passes on the way to the submission server. */
const accounts = live('exchanges of sending', () => new Map<string, { trace: Trace; users: number }>());

/** Tells what this process says to the submission server for an account, line by line, until `signal` aborts. Nothing is kept. */
export const listenToSending = (accountId: string, listener: TraceListener, signal: AbortSignal): Promise<void> =>
  withTrace(accountId, (trace) => trace.listen(listener, signal));

/** Lends what one connection of an account is told to; `password` is hidden in it. */
export const withSendingTrace = <T>(
  { accountId, password }: { accountId: string; password: string },
  work: (trace: ConnectionTrace) => Promise<T>,
): Promise<T> => withTrace(accountId, (trace) => work(trace.connection(password)));

async function withTrace<T>(accountId: string, work: (trace: Trace) => Promise<T>): Promise<T> {
  // No secret of its own: every connection brings the one that its message was sealed with.
  const entry = accounts.get(accountId) ?? { trace: createTrace('SMTP', ''), users: 0 };
  accounts.set(accountId, entry);
  entry.users += 1;
  try {
    return await work(entry.trace);
  } finally {
    entry.users -= 1;
    if (entry.users === 0) accounts.delete(accountId);
  }
}
