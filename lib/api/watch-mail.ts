import type { ServerEvent } from '../contract/operations.ts';
import { MailError } from '../mail/errors.ts';
import type { MailboxChange } from '../mail/model.ts';
import { currentSession } from '../server/session.ts';
import { stopping } from '../server/stopping.ts';
import type { Call } from './call.ts';
import { eventResponse, type Send } from './event-response.ts';
import { logged } from './report.ts';
import { createStreamRoom } from './stream-room.ts';

/** Often enough for proxies that close what is silent for 30 seconds; also how soon an ended sign-in stops listening. */
const heartbeatMs = 20_000;

/** More tabs than anyone has; a page that opens streams without end must not hold them all. */
const room = createStreamRoom('event streams', 40);

/** Tells that it listens, then changes of one mailbox and the Inbox as they happen, until the caller leaves or the sign-in ends. Throws `unsupported` where the server tells none, `busy` past 40 streams. */
export async function watchMail({ request, requestId, signedIn, mail, query }: Call<'getEvents'>): Promise<Response> {
  const { accountId, mailboxId = null } = query;
  const { watch } = await mail.capabilities();
  if (!watch) throw new MailError('unsupported', 'this account tells no changes');

  const { sessionId } = signedIn;
  room.check(sessionId);

  async function run(send: Send, signal: AbortSignal): Promise<void> {
    const tell = (event: ServerEvent) => send(event);
    const leave = room.enter(sessionId);
    const onWatching = () => tell({ type: 'live', accountId });
    const onChange = (change: MailboxChange) => tell({ type: 'mailbox', accountId, ...change });
    try {
      await mail.watch({ mailboxId, onChange, onWatching }, { signal });
    } catch (error) {
      if (signal.aborted) return;
      tell({ type: 'problem', accountId, code: logged(error, { requestId, operation: 'getEvents', signal }).code });
    } finally {
      leave();
    }
  }
  const mayGoOn = async () => (await currentSession(request)) !== null;
  return eventResponse({ requestId, signals: [request.signal, stopping()], heartbeatMs, mayGoOn, run });
}
