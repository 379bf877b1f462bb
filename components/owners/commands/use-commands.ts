'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { LabelMark } from '@/lib/client/actions/environment';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useCapabilities, useSession } from '@/lib/client/app/hooks';
import { inboxOf } from '@/lib/client/app/mail-app';
import { allInboxes } from '@/lib/client/united/united-id';
import type { Mailbox } from '@/lib/mail/model';
import { intoFolder, type Target } from './choose-folder';
import { emptyAfterAsking } from './empty';
import { archive, deleteMessages, type FilingPlace, toggleJunk } from './file-messages';
import { label, mark, markAllRead, toggleFlag, toggleRead } from './mark';
import { createPerform, placesOf, refuse } from './perform';
import { currentIds, subjectsOf } from './subject';

/** Every action on messages, ready for a button, a key or a drop: on given ids, else on what is chosen or open. */
export interface MessageCommands {
  place: FilingPlace;
  archive(ids?: readonly string[]): void;
  delete(ids?: readonly string[]): void;
  junk(ids?: readonly string[]): void;
  flag(ids?: readonly string[]): void;
  toggleRead(ids?: readonly string[]): void;
  markRead(ids?: readonly string[]): void;
  markUnread(ids?: readonly string[]): void;
  /** Without a folder, asks for one; that of another account takes what is moved, and no copies. */
  move(ids?: readonly string[], to?: Target): void;
  copy(ids?: readonly string[], to?: Target): void;
  /** Without a label, asks for one. */
  label(ids?: readonly string[], put?: LabelMark): void;
  markAllRead(mailboxId: string): void;
  empty(mailbox: Mailbox): void;
  /** The same on the messages of these ids alone; the others are on all that the rows stand for. */
  alone: Pick<MessageCommands, 'archive' | 'delete' | 'flag' | 'toggleRead'>;
}

export function useCommands(): MessageCommands {
  const app = useMail();
  const account = useAccount();
  const { accounts } = useSession();
  const can = useCapabilities();
  const words = useTranslations('actions');
  return useMemo(() => {
    const placeOf = (accountId: string): FilingPlace => {
      const own = accounts.find(({ id }) => id === accountId)?.capabilities ?? can;
      return { app, env: app.actionsOf(accountId), can: own, words };
    };
    const place = placeOf(account.id);
    const on = createPerform(app, placeOf);
    const into = (type: 'move' | 'copy') => (ids?: readonly string[], to?: Target) =>
      intoFolder(app, on, { type, shownId: account.id }, ids, to);
    const askLabel = (ids?: readonly string[]) => {
      const known = ids ?? (app.selection.get().isAll ? null : currentIds(app));
      const onChosen = (put: LabelMark) => on((at, subject) => label(at, subject, put))(known ?? undefined);
      if (known?.length !== 0) app.overlay.set({ type: 'label', ids: known, onChosen });
    };
    const refused = (thrown: unknown) => refuse(app, thrown);
    const markInboxes = async () => {
      const ids = accounts.map(({ id }) => id);
      for (const there of await placesOf(app, placeOf, ids)) {
        const inbox = inboxOf(app, there.env.accountId);
        if (inbox !== undefined) void markAllRead(there, inbox);
      }
    };
    return {
      place,
      archive: on(archive),
      delete: on(deleteMessages),
      junk: on(toggleJunk),
      flag: on(toggleFlag),
      toggleRead: on(toggleRead),
      markRead: on((at, subject) => mark(at, subject, 'read')),
      markUnread: on((at, subject) => mark(at, subject, 'unread')),
      move: into('move'),
      copy: into('copy'),
      label: (ids, put) => (put === undefined ? askLabel(ids) : on((at, subject) => label(at, subject, put))(ids)),
      markAllRead: (mailboxId) =>
        void (mailboxId === allInboxes ? markInboxes().catch(refused) : markAllRead(place, mailboxId)),
      empty: (mailbox) => void emptyAfterAsking(place, mailbox),
      alone: {
        archive: on(archive, subjectsOf),
        delete: on(deleteMessages, subjectsOf),
        flag: on(toggleFlag, subjectsOf),
        toggleRead: on(toggleRead, subjectsOf),
      },
    };
  }, [app, account.id, accounts, can, words]);
}
