import type { MessageSummary, ThreadSummary } from '../../mail/model.ts';

/** The messages that a row stands for: its own, or those of its conversation that are in this folder. */
export const idsOf = (row: MessageSummary): readonly string[] => row.thread?.ids ?? [row.id];

export const isUnreadRow = ({ keywords, thread }: MessageSummary): boolean =>
  thread === undefined ? !keywords.includes('$seen') : thread.unreadIds.length > 0;

export const isFlaggedRow = ({ keywords, thread }: MessageSummary): boolean =>
  thread === undefined ? keywords.includes('$flagged') : thread.flaggedIds.length > 0;

/** The row with keywords added to and removed from those of its messages that are in `ids`; the same object where they have them. */
export function markRow(
  row: MessageSummary,
  ids: ReadonlySet<string>,
  add: readonly string[],
  remove: readonly string[],
): MessageSummary {
  const own = ids.has(row.id) ? withKeywords(row, add, remove) : row;
  const { thread } = row;
  if (thread === undefined) return own;
  const marked = (having: string[], isAdded: boolean, isRemoved: boolean) =>
    !isAdded && !isRemoved ? having : thread.ids.filter((id) => (ids.has(id) ? isAdded : having.includes(id)));
  const unreadIds = marked(thread.unreadIds, remove.includes('$seen'), add.includes('$seen'));
  const flaggedIds = marked(thread.flaggedIds, add.includes('$flagged'), remove.includes('$flagged'));
  const isSame =
    unreadIds.length === thread.unreadIds.length && flaggedIds.length === thread.flaggedIds.length && own === row;
  return isSame ? row : { ...own, thread: { ...thread, unreadIds, flaggedIds } };
}

/** The row without some of its messages, in front the one that was or the newest that stays; null where none stays. The server's own follows. */
export function withoutMessages(row: MessageSummary, gone: ReadonlySet<string>): MessageSummary | null {
  const ids = idsOf(row).filter((id) => !gone.has(id));
  const [first] = ids;
  const { thread, ...message } = row;
  if (first === undefined) return null;
  if (thread === undefined || ids.length === thread.ids.length) return row;
  const front = !gone.has(row.id) ? message : { ...message, id: first, keywords: keywordsOf(thread, first) };
  const count = thread.count - (thread.ids.length - ids.length);
  const staying = (some: string[]) => some.filter((id) => !gone.has(id));
  if (count < 2) return front;
  const left = { ...thread, count, ids, unreadIds: staying(thread.unreadIds), flaggedIds: staying(thread.flaggedIds) };
  return { ...front, thread: left };
}

/** One message of a row, as far as the row knows it. */
export function messageOf(row: MessageSummary, id: string): MessageSummary {
  const { thread, ...message } = row;
  return thread === undefined || id === row.id ? message : { ...message, id, keywords: keywordsOf(thread, id) };
}

const keywordsOf = ({ unreadIds, flaggedIds }: ThreadSummary, id: string): string[] => [
  ...(unreadIds.includes(id) ? [] : ['$seen']),
  ...(flaggedIds.includes(id) ? ['$flagged'] : []),
];

/** With keywords added and removed; the same object where it has them already. */
export function withKeywords<T extends { keywords: string[] }>(
  row: T,
  add: readonly string[],
  remove: readonly string[],
): T {
  const isSame =
    add.every((word) => row.keywords.includes(word)) && !remove.some((word) => row.keywords.includes(word));
  if (isSame) return row;
  const kept = row.keywords.filter((word) => !remove.includes(word));
  return { ...row, keywords: [...new Set([...kept, ...add])] };
}
