'use client';

import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { LabelMark, Subject } from '@/lib/client/actions/environment';
import { asApiError } from '@/lib/client/api-error';
import { useMail } from '@/lib/client/app/context';
import { useAccount, useCapabilities } from '@/lib/client/app/hooks';
import type { Mailbox } from '@/lib/mail/model';
import { emptyAfterAsking } from './empty';
import { archive, copyTo, deleteMessages, type FilingPlace, file, toggleJunk } from './file-messages';
import { label, mark, markAllRead, toggleFlag, toggleRead } from './mark';
import { conversationsOf, currentIds, resolveSubject, subjectOf } from './subject';

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
  /** Without a mailbox, asks for one. */
  move(ids?: readonly string[], to?: Mailbox): void;
  copy(ids?: readonly string[], to?: Mailbox): void;
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
  const can = useCapabilities();
  const words = useTranslations('actions');
  return useMemo(() => {
    const place: FilingPlace = { app, env: app.actionsOf(account.id), can, words };
    const on =
      (work: (place: FilingPlace, subject: Subject) => void, meant = conversationsOf) =>
      (ids?: readonly string[]): void => {
        const subject = ids === undefined ? resolveSubject(app) : Promise.resolve(meant(app, ids));
        void subject.then(
          (known) => known.ids.length > 0 && work(place, known),
          (thrown: unknown) =>
            place.env.report({ type: 'refused', count: 1, total: 1, error: asApiError(thrown), undo: null }),
        );
      };
    // The question comes at once, however long it takes to learn the ids of "all": what is typed is meant for it.
    const into = (type: 'move' | 'copy', work: typeof file, ids?: readonly string[], to?: Mailbox) => {
      const known = ids ?? (app.selection.get().isAll ? undefined : currentIds(app));
      const onChosen = (target: Mailbox) => on((at, subject) => work(at, subject, target))(known);
      if (to !== undefined) onChosen(to);
      else if (known?.length !== 0) app.overlay.set({ type, from: subjectOf(app, []).mailboxId, onChosen });
    };
    const askLabel = (ids?: readonly string[]) => {
      const known = ids ?? (app.selection.get().isAll ? null : currentIds(app));
      const onChosen = (put: LabelMark) => on((at, subject) => label(at, subject, put))(known ?? undefined);
      if (known?.length !== 0) app.overlay.set({ type: 'label', ids: known, onChosen });
    };
    return {
      place,
      archive: on(archive),
      delete: on((at, subject) => void deleteMessages(at, subject)),
      junk: on(toggleJunk),
      flag: on(toggleFlag),
      toggleRead: on(toggleRead),
      markRead: on((at, subject) => mark(at, subject, 'read')),
      markUnread: on((at, subject) => mark(at, subject, 'unread')),
      move: (ids, to) => into('move', file, ids, to),
      copy: (ids, to) => into('copy', copyTo, ids, to),
      label: (ids, put) => (put === undefined ? askLabel(ids) : on((at, subject) => label(at, subject, put))(ids)),
      markAllRead: (mailboxId) => void markAllRead(place, mailboxId),
      empty: (mailbox) => void emptyAfterAsking(place, mailbox),
      alone: {
        archive: on(archive, subjectOf),
        delete: on((at, subject) => void deleteMessages(at, subject), subjectOf),
        flag: on(toggleFlag, subjectOf),
        toggleRead: on(toggleRead, subjectOf),
      },
    };
  }, [app, account.id, can, words]);
}
