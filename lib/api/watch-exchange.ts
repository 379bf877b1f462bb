import type { ExchangeEvent } from '../contract/operations.ts';
import type { MailDriver } from '../mail/driver.ts';
import { listenToSending } from '../server/sending/exchange.ts';
import { currentSession } from '../server/session.ts';
import { stopping } from '../server/stopping.ts';
import type { Call } from './call.ts';
import { eventResponse, type Send } from './event-response.ts';
import { logged } from './report.ts';
import { createStreamRoom } from './stream-room.ts';

const heartbeatMs = 20_000;
/** One drawer a tab; four tabs. */
const room = createStreamRoom('exchange streams', 4);

/**
 * Tells what passes between us and the mail server over this sign-in's own connections, and on the way to the submission
 * server for this account, until the caller leaves or the sign-in ends. Throws `busy` past four streams. Nothing of it is
 * kept or logged.
 */
export async function watchExchange({ request, requestId, signedIn, mail, params }: Call<'getExchange'>) {
  const { accountId } = params;
  const { sessionId } = signedIn;
  room.check(sessionId);

  async function run(send: Send, signal: AbortSignal): Promise<void> {
    const leave = room.enter(sessionId);
    let number = 0;
    let unsent = 0;
    const tell = (event: ExchangeEvent) => send(event);
    const skip = (lines: number) => {
      number += 1;
      unsent = tell({ type: 'skipped', number, lines: lines + unsent }) ? 0 : unsent + lines;
    };
    const listener: Parameters<MailDriver['trace']>[0] = {
      onLine(line) {
        if (unsent > 0) skip(0);
        number += 1;
        if (unsent > 0 || !tell({ type: 'line', number, ...line })) unsent += 1;
      },
      onSkipped: skip,
    };
    tell({ type: 'live', accountId });
    try {
      // What is sent goes on without a sign-in: this one ends with the stream, which ends with the sign-in.
      void listenToSending(accountId, listener, signal);
      await mail.trace(listener, { signal });
    } catch (error) {
      if (!signal.aborted) logged(error, { requestId, operation: 'getExchange', signal });
    } finally {
      leave();
    }
  }
  const mayGoOn = async () => (await currentSession(request)) !== null;
  return eventResponse({ requestId, signals: [request.signal, stopping()], heartbeatMs, mayGoOn, run });
}
