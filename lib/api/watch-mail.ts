import type { ServerEvent } from '../contract/operations.ts';
import { MailError } from '../mail/errors.ts';
import { live } from '../server/live.ts';
import { currentSession } from '../server/session.ts';
import { stopping } from '../server/shutdown.ts';
import type { Call } from './call.ts';
import { eventResponse, type Send } from './event-response.ts';
import { logged } from './report.ts';

/** Often enough for proxies that close what is silent for 30 seconds; also how soon an ended sign-in stops listening. */
const heartbeatMs = 20_000;

/** More tabs than anyone has; a page that opens streams without end must not hold them all. */
const maxStreams = 40;
const streams = live('event streams', () => new Map<string, number>());

/** Tells changes of one mailbox and the Inbox as they happen, until the caller leaves or the sign-in ends. Throws `unsupported` where the server tells none, `busy` past 40 streams. */
export async function watchMail({ request, requestId, signedIn, mail, query }: Call<'getEvents'>): Promise<Response> {
  const { accountId, mailboxId = null } = query;
  const { watch } = await mail.capabilities();
  if (!watch) throw new MailError('unsupported', 'this account tells no changes');

  const { sessionId } = signedIn;
  if ((streams.get(sessionId) ?? 0) >= maxStreams) throw new MailError('busy', 'too many event streams');

  async function run(send: Send, signal: AbortSignal): Promise<void> {
    const tell = (event: ServerEvent) => send(event);
    streams.set(sessionId, (streams.get(sessionId) ?? 0) + 1);
    tell({ type: 'live', accountId });
    try {
      await mail.watch(
        { mailboxId, onChange: (change) => tell({ type: 'mailbox', accountId, ...change }) },
        { signal },
      );
    } catch (error) {
      if (signal.aborted) return;
      tell({ type: 'problem', accountId, code: logged(error, { requestId, operation: 'getEvents', signal }).code });
    } finally {
      const left = (streams.get(sessionId) ?? 1) - 1;
      if (left > 0) streams.set(sessionId, left);
      else streams.delete(sessionId);
    }
  }
  const mayGoOn = async () => (await currentSession(request)) !== null;
  return eventResponse({ requestId, signals: [request.signal, stopping()], heartbeatMs, mayGoOn, run });
}
