'use client';

import { useEffect } from 'react';
import { refreshDerived } from '@/lib/client/actions/counts';
import { useMail } from '@/lib/client/app/context';
import { listAt, useCapabilities, useMailLocation, useSession } from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import { changeCollection } from '@/lib/client/app/maildrop-query';
import { listenLive } from '@/lib/client/events/live';
import { queryKeys } from '@/lib/client/query-keys';
import type { Account, ServerEvent } from '@/lib/contract/operations';
import type { Mailbox } from '@/lib/mail/model';

const gatherMs = 150;
const pollMs = 2 * 60_000;

/** Keeps what is on the screen true: by the event stream, and by asking now and then where the server tells no changes. */
export function useLive(accountId: string): void {
  const app = useMail();
  const { watch } = useCapabilities();
  const { mailboxId } = useMailLocation();
  const others = useSession()
    .accounts.map(({ id }) => id)
    .join(' ');
  useEffect(() => {
    if (watch) return;
    const look = () => {
      refreshShown(app, accountId);
      const inbox = inboxOf(app, accountId);
      if (inbox !== undefined) app.arrival.set({ accountId, mailboxId: inbox });
    };
    const timer = setInterval(look, pollMs);
    return () => clearInterval(timer);
  }, [app, accountId, watch]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an account that was added is told of by a stream that began after it
  useEffect(() => {
    const refresh = gather(() => refreshShown(app, accountId));
    const onEvent = (event: ServerEvent) => {
      if (event.type === 'problem' && event.accountId !== accountId) {
        // Its line in the sidebar says what is the matter.
        void app.queries.invalidateQueries({ queryKey: queryKeys.session });
      }
      if (event.type === 'submissions')
        void app.queries.invalidateQueries({ queryKey: queryKeys.submissions(event.accountId) });
      if (event.type !== 'mailbox') return;
      if (event.kind === 'created') tellArrival(app, event);
      for (const list of app.listsOf(event.accountId).ofMailbox(event.mailboxId)) list.expire();
      const shown = app.navigation.get();
      if (event.accountId === shown.accountId && event.mailboxId === shown.mailboxId) refresh();
      else refreshDerived({ queries: app.queries, accountId: event.accountId });
    };
    let wasListening = false;
    const onListening = () => {
      // At first only the list can be older than the listening: counts are asked for anew with every folder.
      if (wasListening) {
        refresh();
        // Of whichever account: the stream tells of all.
        void app.queries.invalidateQueries({ queryKey: queryKeys.submissions(accountId).slice(0, 1) });
      } else refreshList(app);
      wasListening = true;
    };
    return listenLive({
      accountId,
      mailboxId,
      onEvent,
      onState: app.live.set,
      onListening,
      staysHidden: app.listensHidden.get,
    });
  }, [app, accountId, mailboxId, others]);
}

/** Reads again the shown list, its folder names and the counts. */
export function refreshShown(app: MailApp, accountId: string): void {
  refreshList(app);
  refreshDerived({ queries: app.queries, accountId });
}

function refreshList(app: MailApp): void {
  const current = listAt(app, app.navigation.get());
  if (current !== null && current.search === null) current.store.refresh();
}

/** Also asks for the folders again, and collects what has come: on the person's wish. */
export function refreshAll(app: MailApp, { id: accountId, protocol }: Pick<Account, 'id' | 'protocol'>): void {
  refreshShown(app, accountId);
  if (protocol === 'pop3') changeCollection(app.queries, accountId, 'startCollection');
  void app.queries.invalidateQueries({ queryKey: queryKeys.mailboxes(accountId) });
}

/** Only what comes into an Inbox is news. */
function tellArrival(app: MailApp, { accountId, mailboxId }: Extract<ServerEvent, { type: 'mailbox' }>): void {
  if (inboxOf(app, accountId) === mailboxId) app.arrival.set({ accountId, mailboxId });
}

const inboxOf = (app: MailApp, accountId: string): string | undefined =>
  app.queries.getQueryData<Mailbox[]>(queryKeys.mailboxes(accountId))?.find(({ role }) => role === 'inbox')?.id;

/** Many events within a moment are one. */
function gather(work: () => void): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      work();
    }, gatherMs);
  };
}
