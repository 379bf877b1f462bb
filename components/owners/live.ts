'use client';

import { useEffect } from 'react';
import { refreshDerived, refreshRelatives } from '@/lib/client/actions/counts';
import { useMail } from '@/lib/client/app/context';
import { listAt, useAccount, useCapabilities, useIsUnited, useMailLocation, useSession } from '@/lib/client/app/hooks';
import { inboxOf, type MailApp } from '@/lib/client/app/mail-app';
import { changeCollection } from '@/lib/client/app/maildrop-query';
import { listenLive } from '@/lib/client/events/live';
import { queryKeys } from '@/lib/client/query-keys';
import { allAccounts, unitedId } from '@/lib/client/united/united-id';
import type { ServerEvent, Session } from '@/lib/contract/operations';
import type { Mailbox, MailboxChange } from '@/lib/mail/model';
import { isLeaving } from './sign-out';

const gatherMs = 150;
/** Counts of other folders: all of them are asked for at once, and many may change one after the other. */
const gatherCountsMs = 400;
const pollMs = 2 * 60_000;

/** Keeps what is on the screen true: by the event stream, and by asking now and then where the server tells no changes. */
export function useLive(): void {
  const app = useMail();
  const { watch } = useCapabilities();
  const isUnited = useIsUnited();
  const { accounts } = useSession();
  const shown = useAccount().id;
  // Among all the open message is now of this account and now of that: the stream tells of all Inboxes in any case.
  const accountId = isUnited ? (accounts.find(({ capabilities }) => capabilities !== null)?.id ?? shown) : shown;
  const own = useMailLocation().mailboxId;
  const mailboxId = isUnited ? null : own;
  const others = accounts.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (watch) return;
    const look = () => {
      refreshShown(app);
      for (const { id, capabilities } of shownAccounts(app)) {
        const inbox = inboxOf(app, id);
        if (inbox !== undefined && capabilities?.watch !== true) app.arrival.set({ accountId: id, mailboxId: inbox });
      }
    };
    const timer = setInterval(look, pollMs);
    return () => clearInterval(timer);
  }, [app, watch]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an account that was added is told of by a stream that began after it
  useEffect(() => {
    let isAboutKeywords = true;
    const refreshSoon = gather(() => {
      if (isLeaving()) return;
      refreshShown(app, isAboutKeywords ? 'refreshKeywords' : 'refresh');
      isAboutKeywords = true;
    });
    const refresh = (kind?: MailboxChange['kind']) => {
      isAboutKeywords &&= kind === 'updated';
      refreshSoon();
    };
    const changed = new Set<string>();
    const countSoon = gather(() => {
      if (!isLeaving()) for (const id of changed) refreshDerived({ queries: app.queries, accountId: id });
      changed.clear();
    }, gatherCountsMs);
    const onEvent = (event: ServerEvent) => {
      if (isLeaving()) return;
      if (event.type === 'problem' && event.accountId !== accountId) {
        // Its line in the sidebar says what is the matter.
        void app.queries.invalidateQueries({ queryKey: queryKeys.session });
      }
      const of = { queries: app.queries, accountId: event.accountId };
      if (event.type === 'submissions') {
        void app.queries.invalidateQueries({ queryKey: queryKeys.submissions(event.accountId) });
        // What was sent is in Sent now.
        refreshRelatives(of);
      }
      // An account that did not answer does again.
      if (event.type === 'live' && isMissing(app, event.accountId)) refresh();
      if (event.type === 'mailboxes') {
        for (const list of app.listsOf(event.accountId).ofMailbox(null)) list.expire();
        void app.queries.invalidateQueries({ queryKey: queryKeys.mailboxes(event.accountId) });
        changed.add(event.accountId);
        countSoon();
      }
      if (event.type !== 'mailbox') return;
      if (event.kind === 'created') tellArrival(app, event);
      for (const list of app.actionsOf(event.accountId).lists.ofMailbox(event.mailboxId)) list.expire();
      renewFound(app, event);
      if (isShown(app, event)) refresh(event.kind);
      else {
        changed.add(event.accountId);
        countSoon();
        if (event.kind !== 'updated' && holdsAnswers(app, event)) refreshRelatives(of);
      }
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

type Changed = Extract<ServerEvent, { type: 'mailbox' }>;
type Place = Pick<Changed, 'accountId' | 'mailboxId'>;

/** What is shown of a search follows a folder that it looked in. */
function renewFound(app: MailApp, { accountId, mailboxId, kind }: Changed): void {
  const shown = app.navigation.get();
  const isUnited = shown.accountId === allAccounts;
  const isElsewhere = shown.accountId !== accountId || (shown.scope !== 'account' && shown.mailboxId !== mailboxId);
  if (!isUnited && isElsewhere) return;
  // Those show what is in other folders, and were left out of what was found in these.
  if (['all', 'flagged', 'important'].includes(roleOf(app, { accountId, mailboxId }) ?? '')) return;
  listAt(app, shown)?.search?.renew(isUnited ? unitedId(accountId, mailboxId) : mailboxId, kind === 'updated');
}

const roleOf = ({ queries }: MailApp, { accountId, mailboxId }: Place): Mailbox['role'] =>
  queries.getQueryData<Mailbox[]>(queryKeys.mailboxes(accountId))?.find(({ id }) => id === mailboxId)?.role ?? null;

function isShown(app: MailApp, { accountId, mailboxId }: Place): boolean {
  const shown = app.navigation.get();
  if (shown.accountId === allAccounts) return inboxOf(app, accountId) === mailboxId;
  return accountId === shown.accountId && mailboxId === shown.mailboxId;
}

const isMissing = (app: MailApp, accountId: string): boolean =>
  listAt(app, app.navigation.get())
    ?.store.getSnapshot()
    .list.missing.some((one) => one.accountId === accountId) === true;

/** The accounts whose mail is shown. */
function shownAccounts(app: MailApp) {
  const { accountId } = app.navigation.get();
  const accounts = app.queries.getQueryData<Session>(queryKeys.session)?.accounts ?? [];
  const shown = accountId ?? accounts[0]?.id;
  return shown === allAccounts ? accounts : accounts.filter(({ id }) => id === shown);
}

/** Reads again the shown list, its folder names and the counts. */
export function refreshShown(app: MailApp, how: 'refresh' | 'refreshKeywords' = 'refresh'): void {
  refreshList(app, how);
  for (const { id } of shownAccounts(app)) refreshDerived({ queries: app.queries, accountId: id });
}

function refreshList(app: MailApp, how: 'refresh' | 'refreshKeywords' = 'refresh'): void {
  const current = listAt(app, app.navigation.get());
  if (current !== null && current.search === null) current.store[how]();
}

/** Also asks for the folders again, and collects what has come: on the person's wish. */
export function refreshAll(app: MailApp): void {
  refreshShown(app);
  for (const { id, protocol } of shownAccounts(app)) {
    if (protocol === 'pop3') changeCollection(app.queries, id, 'startCollection');
    void app.queries.invalidateQueries({ queryKey: queryKeys.mailboxes(id) });
  }
}

/** What belongs to the open conversation is looked for in all folders, which is too much for whatever is filed somewhere. */
const holdsAnswers = (app: MailApp, place: Place): boolean => ['inbox', 'sent'].includes(roleOf(app, place) ?? '');

/** Only what comes into an Inbox is news. */
function tellArrival(app: MailApp, { accountId, mailboxId }: Place): void {
  if (inboxOf(app, accountId) === mailboxId) app.arrival.set({ accountId, mailboxId });
}

/** Many events within a moment are one. */
function gather(work: () => void, withinMs = gatherMs): () => void {
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      work();
    }, withinMs);
  };
}
