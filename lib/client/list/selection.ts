import type { MessageSummary } from '../../mail/model.ts';
import type { ShownList } from './shown-list.ts';
import { idsOf } from './thread-row.ts';

/** Which messages are chosen, and where the keyboard is. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** Every message of the folder or of the results, seen or not. */
  isAll: boolean;
  /** The row that the keyboard is on, with the index that it had: when it has gone, the one in its place. */
  cursor: { id: string; index: number } | null;
  /** Where a Shift-range begins. */
  anchorId: string | null;
}

/** The id of a cursor whose row is on its way. */
const notHere = '';

export const emptySelection: Selection = { ids: new Set(), isAll: false, cursor: null, anchorId: null };

/** The index that the keyboard is on, or -1. */
export function cursorIndex(selection: Selection, shown: ShownList): number {
  if (selection.cursor === null || !shown.count) return -1;
  const index = shown.indexOf(selection.cursor.id);
  return index === -1 ? Math.min(selection.cursor.index, shown.count - 1) : index;
}

/** Puts the keyboard on an index; where its row is not here yet, the row is named when it has come (`arriveAtCursor`). */
export function moveCursor(selection: Selection, shown: ShownList, index: number): Selection {
  return { ...selection, cursor: { id: shown.at(index)?.id ?? notHere, index } };
}

/** Names the row of a cursor that went ahead of its row, once it is here; the same selection else. */
export function arriveAtCursor(selection: Selection, shown: ShownList): Selection {
  const { cursor } = selection;
  if (cursor === null || cursor.id !== notHere || shown.at(cursor.index) === undefined) return selection;
  return moveCursor(selection, shown, cursor.index);
}

/** Whether a row is chosen: by whatever message it stood for then, as a conversation grows and shrinks. */
export const isChosen = ({ ids }: Selection, row: MessageSummary): boolean => idsOf(row).some((id) => ids.has(id));

/** Chooses or lets go of one row; a range begins there. */
export function toggle(selection: Selection, shown: ShownList | undefined, id: string): Selection {
  const ids = new Set(selection.ids);
  const row = shown?.at(shown.indexOf(id));
  const isLetGo = row === undefined ? ids.has(id) : isChosen(selection, row);
  for (const member of row === undefined ? [id] : idsOf(row)) ids.delete(member);
  if (!isLetGo) ids.add(id);
  return { ...selection, ids, isAll: false, anchorId: id };
}

/** Chooses what lies between the anchor and `index`, as far as it is here, besides what is chosen. */
export function extendTo(selection: Selection, shown: ShownList, index: number): Selection {
  const from = selection.anchorId === null ? cursorIndex(selection, shown) : shown.indexOf(selection.anchorId);
  const start = from === -1 ? index : from;
  const ids = new Set(selection.ids);
  for (let at = Math.min(start, index); at <= Math.max(start, index); at++) {
    const row = shown.at(at);
    if (row !== undefined) ids.add(row.id);
  }
  const anchorId = selection.anchorId ?? shown.at(start)?.id ?? null;
  return { ...selection, ids, isAll: false, anchorId };
}

/** Chooses the rows from `from` to `to`: those on the screen. */
export function selectRange(selection: Selection, shown: ShownList, from: number, to: number): Selection {
  const ids = new Set(selection.ids);
  for (let at = Math.max(0, from); at <= to; at++) {
    const row = shown.at(at);
    if (row !== undefined) ids.add(row.id);
  }
  return { ...selection, ids, isAll: false };
}

export const selectNone = (selection: Selection): Selection => ({
  ...selection,
  ids: new Set(),
  isAll: false,
  anchorId: null,
});
