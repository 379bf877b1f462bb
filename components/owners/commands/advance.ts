import { listAt } from '@/lib/client/app/hooks';
import type { MailApp } from '@/lib/client/app/mail-app';
import { cursorIndex, moveCursor, selectNone } from '@/lib/client/list/selection';
import type { ShownList } from '@/lib/client/list/shown-list';
import { idsOf } from '@/lib/client/list/thread-row';
import { rowIdAt } from './subject';

/**
 * Called before messages leave the list: where the open one is among them, the next that stays is opened in its place (on
 * a phone, the list comes back), and the keyboard stands there.
 */
export function advancePast(app: MailApp, ids: readonly string[]): void {
  const location = app.navigation.get();
  const shown = listAt(app, location)?.store.getSnapshot().shown;
  const leaving = new Set(ids.map((id) => rowIdAt(location, id)));
  app.selection.set(selectNone);
  if (shown === undefined) return;
  const isOpenLeaving = location.messageId !== null && leaving.has(location.messageId);
  const from = isOpenLeaving ? shown.indexOf(location.messageId ?? '') : cursorIndex(app.selection.get(), shown);
  const open = shown.at(from);
  const rest = isOpenLeaving && open !== undefined ? idsOf(open).find((id) => !leaving.has(id)) : undefined;
  if (rest !== undefined) {
    // The conversation goes on without it.
    app.navigation.go({ messageId: rest }, { isReplacing: true });
    return;
  }
  const next = nearestStaying(shown, from, leaving);
  const row = next === null ? undefined : shown.at(next);
  if (next !== null) app.selection.set((selection) => moveCursor(selection, shown, next));
  if (!isOpenLeaving) return;
  const isPhone = window.matchMedia('(width < 48rem)').matches;
  const isPaneOff = location.messageId !== null && document.querySelector('[data-reading-pane=off]') !== null;
  app.navigation.go({ messageId: isPhone || isPaneOff ? null : (row?.id ?? null) }, { isReplacing: true });
}

function nearestStaying(shown: Pick<ShownList, 'at'>, from: number, leaving: ReadonlySet<string>): number | null {
  const stays = (index: number) => {
    const row = shown.at(index);
    return row !== undefined && !idsOf(row).every((id) => leaving.has(id));
  };
  const reach = leaving.size + 1;
  for (let index = from + 1; index <= from + reach; index++) if (stays(index)) return index;
  for (let index = from - 1; index >= Math.max(0, from - reach); index--) if (stays(index)) return index;
  return null;
}

/** Opens the message `by` rows from the open one, or moves the keyboard where none is open. */
export function step(app: MailApp, by: 1 | -1): void {
  const location = app.navigation.get();
  const shown = listAt(app, location)?.store.getSnapshot().shown;
  if (!shown?.count) return;
  const selection = app.selection.get();
  const from = location.messageId === null ? cursorIndex(selection, shown) : shown.indexOf(location.messageId);
  goToIndex(app, Math.min(Math.max(0, from + by), shown.count - 1));
}

/** Puts the keyboard on a row, and opens it where a message is open. */
export function goToIndex(app: MailApp, index: number): void {
  const location = app.navigation.get();
  const shown = listAt(app, location)?.store.getSnapshot().shown;
  if (shown === undefined) return;
  const row = shown.at(index);
  app.selection.set((selection) => moveCursor(selection, shown, index));
  if (location.messageId !== null && row !== undefined) app.navigation.go({ messageId: row.id }, { isReplacing: true });
}
