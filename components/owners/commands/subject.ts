import type { Subject } from '@/lib/client/actions/environment';
import { call } from '@/lib/client/api';
import { listAt } from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import { cursorIndex } from '@/lib/client/list/selection';
import type { ShownList } from '@/lib/client/list/shown-list';
import { idsOf, messageOf } from '@/lib/client/list/thread-row';
import type { MailLocation } from '@/lib/client/location';
import type { MessageSummary } from '@/lib/mail/model';

/** What a command is about now: the chosen messages, else the open one, else the one that the keyboard is on. */
export function currentIds(app: MailApp): string[] {
  const selection = app.selection.get();
  if (selection.ids.size > 0) return [...selection.ids];
  const location = app.navigation.get();
  if (location.messageId !== null) return [location.messageId];
  const shown = listAt(app, location)?.store.getSnapshot().shown;
  const row = shown?.at(shown === undefined ? -1 : cursorIndex(selection, shown));
  return row === undefined ? [] : [row.id];
}

/** Every message that the rows of these ids stand for: a conversation's, as far as they are in this folder. */
export function conversationsOf(app: MailApp, ids: readonly string[]): Subject {
  const shown = listAt(app, app.navigation.get())?.store.getSnapshot().shown;
  const all = ids.flatMap((id) => {
    const row = shown?.at(shown.indexOf(id));
    return row === undefined ? id : idsOf(row);
  });
  return subjectOf(app, [...new Set(all)]);
}

/** The subject of `ids` with the rows that the shown list has, or that were opened. */
export function subjectOf(app: MailApp, ids: readonly string[]): Subject {
  const location = app.navigation.get();
  const shown = listAt(app, location)?.store.getSnapshot().shown;
  const rows = new Map<string, MessageSummary>();
  for (const id of ids) {
    const row = rowOf(app, location, shown, id);
    if (row !== undefined) rows.set(id, row);
  }
  const isOneMailbox = location.query === '' || location.scope === 'mailbox';
  return { ids, rows, mailboxId: isOneMailbox ? location.mailboxId : null };
}

function rowOf(app: MailApp, location: MailLocation, shown: ShownList | undefined, id: string) {
  const row = shown?.at(shown.indexOf(id));
  if (row !== undefined) return messageOf(row, id);
  if (location.accountId === null) return undefined;
  return app.queries.getQueryData<MessageSummary>(['message', location.accountId, id]);
}

/** The subject of a command, asking for every id where "all N" is chosen. Throws ApiError. */
export async function resolveSubject(app: MailApp): Promise<Subject> {
  const location = app.navigation.get();
  const { accountId, mailboxId, filter } = location;
  if (!app.selection.get().isAll || accountId === null || mailboxId === null)
    return conversationsOf(app, currentIds(app));
  if (location.query !== '' && location.scope === 'account') return subjectOf(app, allHits(app, location));
  const q = location.query === '' ? {} : { q: location.query };
  const { ids } = await call('listMessageIds', {
    params: { accountId, mailboxId },
    query: { ...q, ...(filter === null ? {} : { filter }) },
  });
  return subjectOf(app, ids);
}

const allHits = (app: MailApp, location: MailLocation): string[] => {
  const rows = listAt(app, location)?.store.getSnapshot().list.rows;
  return rows === undefined ? [] : [...rows.values()].map((row) => row.id);
};
