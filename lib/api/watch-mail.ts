import type { ServerEvent } from '../contract/operations.ts';
import { asMailError } from '../mail/errors.ts';
import type { MailboxChange } from '../mail/model.ts';
import { ofAccount } from '../server/accounts/refused-password.ts';
import { mailFor } from '../server/mail-for.ts';
import { listenToSubmissions } from '../server/sending/changes.ts';
import { currentSession, type SignedIn } from '../server/session.ts';
import { stopping } from '../server/stopping.ts';
import type { Call } from './call.ts';
import { eventResponse, type Send } from './event-response.ts';
import { logged } from './report.ts';
import { createStreamRoom } from './stream-room.ts';

/** Often enough for proxies that close what is silent for 30 seconds; also how soon an ended sign-in stops listening. */
const heartbeatMs = 20_000;
/** How long the other accounts are left alone after one of them could not be watched. */
const againMs = 60_000;

/** More tabs than anyone has; a page that opens streams without end must not hold them all. */
const room = createStreamRoom('event streams', 40);

/**
 * Tells that it listens, then what changes as it happens: in one mailbox and the Inbox, in all where the server tells of all,
 * in the Inboxes at least of the person's other accounts, and in what all of them send. Ends when the caller leaves, the
 * sign-in ends or the first account cannot be watched any more. Throws `busy` past 40 streams.
 */
export async function watchMail({ request, requestId, signedIn, mail, query }: Call<'getEvents'>): Promise<Response> {
  const { accountId, mailboxId = null } = query;
  const { watch } = await mail.capabilities();
  const others = signedIn.accounts.filter(({ id }) => id !== accountId);
  const { sessionId } = signedIn;
  room.check(sessionId);

  async function run(send: Send, signal: AbortSignal): Promise<void> {
    const tell = (event: ServerEvent) => send(event);
    const leave = room.enter(sessionId);
    const ending = new AbortController();
    const end = () => ending.abort();
    signal.addEventListener('abort', end);
    const problem = (error: unknown, of: string) => {
      if (ending.signal.aborted) return;
      const told = ofAccount(logged(error, { requestId, operation: 'getEvents', signal }), signedIn, of);
      tell({ type: 'problem', accountId: of, code: asMailError(told).code });
    };
    const listen = { signal: ending.signal, tell, problem };
    try {
      for (const { id } of signedIn.accounts)
        await listenToSubmissions(id, () => tell({ type: 'submissions', accountId: id }), ending.signal);
      const inboxes = others.map(({ id }) => watchInbox(signedIn, id, listen));
      const onWatching = () => tell({ type: 'live', accountId });
      if (watch) {
        await mail
          .watch({ mailboxId, ...telling(accountId, tell), onWatching }, { signal })
          .catch((error) => problem(error, accountId));
        end();
      } else {
        onWatching();
        await aborted(ending.signal);
      }
      await Promise.all(inboxes);
    } finally {
      end();
      signal.removeEventListener('abort', end);
      leave();
    }
  }
  const mayGoOn = async () => (await currentSession(request)) !== null;
  return eventResponse({ requestId, signals: [request.signal, stopping()], heartbeatMs, mayGoOn, run });
}

const telling = (accountId: string, tell: (event: ServerEvent) => void) => ({
  onChange: (change: MailboxChange) => tell({ type: 'mailbox', accountId, ...change }),
  onMailboxes: () => tell({ type: 'mailboxes', accountId }),
});

interface Listen {
  signal: AbortSignal;
  tell: (event: ServerEvent) => void;
  problem: (error: unknown, accountId: string) => void;
}

/** Tells changes of an account's Inbox until `signal` aborts; tries again after a failure, but no password twice. */
async function watchInbox(signedIn: SignedIn, accountId: string, { signal, tell, problem }: Listen): Promise<void> {
  const onWatching = () => tell({ type: 'live', accountId });
  while (!signal.aborted) {
    try {
      const mail = await mailFor(signedIn, accountId);
      if (!(await mail.capabilities()).watch) return;
      await mail.watch({ mailboxId: null, ...telling(accountId, tell), onWatching }, { signal });
    } catch (error) {
      problem(error, accountId);
      if (asMailError(error).code === 'unauthenticated') return;
    }
    await rest(signal);
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
    if (signal.aborted) resolve();
  });

/** A minute, or until `signal` aborts. */
function rest(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, againMs);
    signal.addEventListener('abort', over);
    if (signal.aborted) over();
  });
}
