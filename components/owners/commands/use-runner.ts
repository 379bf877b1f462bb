'use client';

import { useEffect, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { toast } from '@/components/ui/toast';
import { useMail } from '@/lib/client/app/context';
import {
  listAt,
  useAccount,
  useCapabilities,
  useIsUnited,
  useMailboxes,
  useMailLocation,
  useMayLabel,
  useSession,
  useSettings,
} from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import type { CommandId } from '@/lib/client/keys/commands';
import { listenKeys } from '@/lib/client/keys/listen';
import { cursorIndex, selectNone, selectRange, toggle } from '@/lib/client/list/selection';
import { emptyLocation, type MailLocation } from '@/lib/client/location';
import { allAccounts, allInboxes } from '@/lib/client/united/united-id';
import type { Mailbox, MailboxRole } from '@/lib/mail/model';
import { useChangeSettings } from '../change-settings';
import { refreshAll } from '../live';
import { leaveSearch } from '../search-place';
import { signOut } from '../sign-out';
import { goToIndex, step } from './advance';
import { composeCommands } from './compose';
import { openCommands } from './open-message';
import { currentIds } from './subject';
import type { MessageCommands } from './use-commands';
import type { Words } from './words';

/** What each command does here and now; a command that is absent cannot be done, and has no control and no key. */
export type Runner = Partial<Record<CommandId, () => void>>;

/** Fills the table of commands with what they do, and listens to the keys. */
export function useRunner(commands: MessageCommands): Runner {
  const app = useMail();
  const account = useAccount();
  const { accounts } = useSession();
  const isUnited = useIsUnited();
  const t = useTranslations('reader');
  const words = useTranslations('actions');
  const can = useCapabilities();
  const isReading = useMailLocation().messageId !== null;
  const { mailboxes } = useMailboxes(account.id);
  const mayLabel = useMayLabel();
  const { collapsesThreads } = useSettings();
  const change = useChangeSettings();
  const runner = useMemo<Runner>(
    () => ({
      ...listCommands(app),
      ...viewCommands(app, words),
      ...composeCommands(app, account),
      ...goCommands(app, account.id, mailboxes ?? []),
      ...(accounts.length > 1 ? { goAllInboxes: () => goToMailbox(app, allAccounts, allInboxes) } : {}),
      ...(isUnited ? { goFlagged: () => goToSearch(app, allAccounts, allInboxes, flaggedQuery) } : {}),
      delete: () => commands.delete(),
      flag: () => commands.flag(),
      markRead: () => commands.markRead(),
      markUnread: () => commands.markUnread(),
      markAllRead: () => {
        const { mailboxId } = app.navigation.get();
        if (mailboxId !== null) commands.markAllRead(mailboxId);
      },
      ...(can.move
        ? { archive: () => commands.archive(), junk: () => commands.junk(), move: () => commands.move() }
        : {}),
      ...(isReading ? openCommands(app, account.id, t) : {}),
      ...(can.copy ? { copy: () => commands.copy() } : {}),
      ...(mayLabel ? { label: () => commands.label() } : {}),
      ...(account.protocol === 'pop3' && !isUnited ? { account: () => app.overlay.set({ type: 'account' }) } : {}),
      ...(can.threads ? { conversations: () => change({ collapsesThreads: !collapsesThreads }) } : {}),
      ...(can.mailboxes.create ? { newFolder: () => app.overlay.set({ type: 'createMailbox', parentId: null }) } : {}),
    }),
    [
      app,
      account,
      accounts,
      isUnited,
      mailboxes,
      commands,
      can,
      mayLabel,
      isReading,
      t,
      words,
      collapsesThreads,
      change,
    ],
  );
  useEffect(
    () =>
      listenKeys((id) => {
        // What was asked for may still be on its way: what is typed is meant for it, not for the list below.
        if (app.overlay.get() !== null && id !== 'palette') return true;
        const work = runner[id];
        work?.();
        return work !== undefined;
      }),
    [app, runner],
  );
  return runner;
}

function listCommands(app: MailApp): Runner {
  const shownNow = () => listAt(app, app.navigation.get())?.store.getSnapshot().shown;
  return {
    next: () => step(app, 1),
    previous: () => step(app, -1),
    open: () => {
      const [id] = currentIds(app);
      const shown = shownNow();
      const index = shown === undefined ? -1 : cursorIndex(app.selection.get(), shown);
      const row = shown?.at(index);
      const messageId = row?.id ?? id;
      if (messageId !== undefined) app.navigation.go({ messageId });
    },
    back: () => {
      if (app.selection.get().ids.size > 0) app.selection.set(selectNone);
      else if (app.navigation.get().messageId !== null) app.navigation.go({ messageId: null });
      else if (app.navigation.get().query !== '') leaveSearch(app);
    },
    nextInThread: () => stepInThread(1),
    previousInThread: () => stepInThread(-1),
    first: () => goToIndex(app, 0),
    last: () => goToIndex(app, (shownNow()?.count ?? 1) - 1),
    select: () => {
      const shown = shownNow();
      const selection = app.selection.get();
      const at = shown?.at(shown === undefined ? -1 : cursorIndex(selection, shown));
      const id = at?.id ?? app.navigation.get().messageId;
      if (id !== null) app.selection.set((now) => toggle(now, shown, id));
    },
    selectAll: () => {
      const shown = shownNow();
      const { from, to } = app.visible.get();
      if (shown !== undefined) app.selection.set((selection) => selectRange(selection, shown, from, to));
    },
    selectNone: () => app.selection.set(selectNone),
    undo: () => {
      const last = app.lastUndo.get();
      app.lastUndo.set(null);
      if (last !== null) last();
      // What another tab did a moment ago may not be known here yet.
      else void import('../kept-deeds').then(({ takeBackKept }) => takeBackKept(app));
    },
  };
}

/** Puts the keyboard on the next message of the open conversation; Enter opens it. */
function stepInThread(by: 1 | -1): void {
  const stops = [...document.querySelectorAll<HTMLElement>('[data-thread-stop]')];
  const open = document.querySelector('[data-thread-open]');
  const isAbove = (stop: Node) => ((open?.compareDocumentPosition(stop) ?? 0) & Node.DOCUMENT_POSITION_PRECEDING) > 0;
  const above = stops.filter(isAbove).length;
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[at === -1 ? above + (by === 1 ? 0 : -1) : at + by]?.focus();
}

function viewCommands(app: MailApp, words: Words): Runner {
  return {
    refresh: () => refreshAll(app),
    search: () => document.querySelector<HTMLInputElement>('[data-search]')?.focus(),
    palette: () => app.overlay.set({ type: 'palette' }),
    shortcuts: () => app.overlay.set({ type: 'shortcuts' }),
    settings: () => app.overlay.set({ type: 'settings' }),
    labels: () => app.overlay.set({ type: 'labels' }),
    goFolder: () => app.overlay.set({ type: 'goFolder' }),
    goContacts: () => {
      app.drawer.set(false);
      app.overlay.set({ type: 'contacts' });
    },
    sidebar: () => app.device.isRail.set((isRail) => !isRail),
    protocol: () => {
      app.drawer.set(false);
      app.inspector.set(true);
    },
    signOut: () =>
      void signOut().catch(() => toast({ tone: 'problem', text: words('offline'), detail: words('offlineAdvice') })),
  };
}

const goRoles = {
  goInbox: 'inbox',
  goSent: 'sent',
  goDrafts: 'drafts',
  goArchive: 'archive',
} as const satisfies Partial<Record<CommandId, MailboxRole>>;

function goCommands(app: MailApp, accountId: string, mailboxes: readonly Mailbox[]): Runner {
  const runner: Runner = {};
  for (const [id, role] of Object.entries(goRoles)) {
    const mailbox = mailboxes.find((candidate) => candidate.role === role);
    if (mailbox !== undefined) runner[id as CommandId] = () => goToMailbox(app, accountId, mailbox.id);
  }
  const inbox = mailboxes.find(({ role }) => role === 'inbox');
  if (inbox !== undefined) runner.goFlagged = () => goToSearch(app, accountId, inbox.id, flaggedQuery);
  return runner;
}

export function goToMailbox(app: MailApp, accountId: string, mailboxId: string): void {
  app.drawer.set(false);
  app.navigation.go({ ...emptyLocation, accountId, mailboxId });
}

/** What a search finds in every folder, as a place: the flagged, those with a label. */
export const searchPlace = (accountId: string, inboxId: string, query: string): MailLocation => ({
  ...emptyLocation,
  accountId,
  mailboxId: inboxId,
  query,
  scope: 'account',
});

export function goToSearch(app: MailApp, accountId: string, inboxId: string, query: string): void {
  app.drawer.set(false);
  app.navigation.go(searchPlace(accountId, inboxId, query));
}

export const flaggedQuery = 'is:flagged';
