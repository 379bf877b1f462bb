import type { MessageSummary } from '../../mail/model.ts';
import type { PendingChange } from './pending.ts';
import { countBelow, type SparseList } from './sparse-list.ts';
import { idsOf, markRow, withoutMessages } from './thread-row.ts';

/** A list as the person sees it: the committed rows with every change that the server has not answered yet. */
export interface ShownList {
  /** Null until the first answer. */
  count: number | null;
  /** The row at a shown index, or undefined while it is not here. */
  at(index: number): MessageSummary | undefined;
  /** The shown index of a message, or -1 where it is not held or not shown. */
  indexOf(id: string): number;
  /** The committed position behind a shown index. */
  positionOf(index: number): number;
}

/** Applies `changes`, in order, to what is committed. Costs the removed rows, not the list. */
export function showList(list: SparseList, changes: readonly PendingChange[]): ShownList {
  const leaving = new Set(changes.flatMap((change) => (change.kind === 'remove' ? [...change.ids] : [])));
  const removed = removedPositions(list, leaving);
  const keywordChanges = changes.filter((change) => change.kind === 'keywords');
  const patched = new Map<string, MessageSummary>();
  const positionOf = (index: number) => skip(removed, index);
  return {
    count: list.total === null ? null : Math.max(0, list.total - removed.length),
    positionOf,
    at(index) {
      const row = list.rows.get(positionOf(index));
      if (row === undefined || changes.length === 0) return row;
      const known = patched.get(row.id) ?? applyKeywords(withoutMessages(row, leaving) ?? row, keywordChanges);
      patched.set(row.id, known);
      return known;
    },
    indexOf(id) {
      const position = list.positions.get(id);
      if (position === undefined) return -1;
      const before = countBelow(removed, position);
      return removed[before] === position ? -1 : position - before;
    },
  };
}

/** A row goes when all that it stands for goes. */
function removedPositions(list: SparseList, leaving: ReadonlySet<string>): number[] {
  const removed = new Set<number>();
  for (const id of leaving) {
    const position = list.positions.get(id);
    const row = position === undefined ? undefined : list.rows.get(position);
    if (position !== undefined && row !== undefined && idsOf(row).every((member) => leaving.has(member)))
      removed.add(position);
  }
  return [...removed].sort((a, b) => a - b);
}

/** The committed position of the shown `index`: the smallest position with exactly `index` kept rows before it. */
function skip(removed: readonly number[], index: number): number {
  let low = 0;
  let high = removed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // Before removed[middle] there are removed[middle] - middle kept rows.
    if ((removed[middle] ?? 0) - middle <= index) low = middle + 1;
    else high = middle;
  }
  return index + low;
}

function applyKeywords(row: MessageSummary, changes: readonly PendingChange[]): MessageSummary {
  let shown = row;
  for (const change of changes) {
    if (change.kind === 'keywords') shown = markRow(shown, change.ids, change.add, change.remove);
  }
  return shown;
}
