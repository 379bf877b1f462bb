import type { Message } from '../../mail/model.ts';
import { call } from '../api.ts';
import type { Change } from '../list/pending.ts';
import { withKeywords } from '../list/thread-row.ts';
import { queryKeys } from '../query-keys.ts';
import { changeCounts, countsOf, refreshDerived } from './counts.ts';
import type { ActionEnvironment, KeywordVerb, Mark, Subject, Undo } from './environment.ts';
import { changeRelatives } from './places.ts';
import { runBatch } from './run-batch.ts';
import { subjectNow } from './subject-now.ts';

interface KeywordChange {
  add: readonly string[];
  remove: readonly string[];
}

const changes: Record<KeywordVerb, KeywordChange> = {
  read: { add: ['$seen'], remove: [] },
  unread: { add: [], remove: ['$seen'] },
  flagged: { add: ['$flagged'], remove: [] },
  unflagged: { add: [], remove: ['$flagged'] },
  junk: { add: ['$junk'], remove: ['$notjunk'] },
  notJunk: { add: ['$notjunk'], remove: ['$junk'] },
};
const opposites: Partial<Record<KeywordVerb, KeywordVerb>> = {
  read: 'unread',
  unread: 'read',
  flagged: 'unflagged',
  unflagged: 'flagged',
};

function changeOf(mark: Mark): KeywordChange {
  if (typeof mark === 'string') return changes[mark];
  return mark.isSet ? { add: [mark.keyword], remove: [] } : { add: [], remove: [mark.keyword] };
}

const oppositeOf = (mark: Mark): Mark | undefined =>
  typeof mark === 'string' ? opposites[mark] : { ...mark, isSet: !mark.isSet };

/**
 * Marks messages; those that are so already are left alone, so that Undo turns back only what this has changed.
 * `isQuiet`: says nothing when it went well (marking read on opening).
 */
export async function markMessages(
  env: ActionEnvironment,
  subject: Subject,
  mark: Mark,
  options: { isQuiet?: boolean } = {},
): Promise<void> {
  const { add, remove } = changeOf(mark);
  const differing = subject.ids.filter((id) => {
    const row = subject.rows.get(id);
    return row === undefined || withKeywords(row, add, remove) !== row;
  });
  if (differing.length === 0) return;
  const changeOn = (on: readonly string[]): Change => ({ kind: 'keywords', ids: new Set(on), add, remove });
  const changing = await subjectNow(env, { ...subject, ids: differing }, changeOn(differing));
  const { ids } = changing;
  const undoCounts = changeCounts(env, unreadChanges(changing, mark));
  patchOpened(env, ids, { add, remove });
  const opposite = oppositeOf(mark);
  let isUndone = false;
  const undoBy = (by: Mark): Undo => ({
    takeBack() {
      // It stands on a button and under a key.
      if (isUndone) return;
      isUndone = true;
      // Shown now, sent when the first has been answered: two at once may reach the server in either order.
      const returning = env.pending.add({ kind: 'keywords', ids: new Set(ids), add: remove, remove: add });
      void work
        .then(({ done }) => markMessages(env, flipped(changing, [...done.keys()], mark), by, { isQuiet: true }))
        .finally(() => env.pending.end(returning));
    },
    async deeds() {
      const { done } = await work;
      if (isUndone || done.size === 0) return [];
      return [{ accountId: env.accountId, type: 'keywords', mark, opposite: by, ids: [...done.keys()] }];
    },
  });
  const offered = options.isQuiet === true || opposite === undefined ? null : undoBy(opposite);
  const work = runBatch(env, ids, {
    change: changeOn(ids),
    send: (chunk) =>
      call('setKeywords', {
        params: { accountId: env.accountId },
        body: { ids: chunk, add: [...add], remove: [...remove] },
      }),
    commit: (done) => {
      for (const list of env.lists.all()) list.setKeywords(done, add, remove);
    },
    undo: offered,
    isUndone: () => isUndone,
    isLabel: typeof mark === 'object',
  });
  if (options.isQuiet !== true) env.report({ type: 'keywords', mark, count: ids.length, undo: offered });
  const outcome = await work;
  if (outcome.left > 0) {
    undoCounts();
    patchOpened(
      env,
      ids.filter((id) => !outcome.done.has(id)),
      { add: remove, remove: add },
    );
  }
  if (mark === 'read' || mark === 'unread') refreshDerived(env);
}

/** Those of the messages with their rows as they are after `mark`. */
function flipped(subject: Subject, ids: readonly string[], mark: Mark): Subject {
  const { add, remove } = changeOf(mark);
  return {
    ...subject,
    ids,
    rows: new Map([...subject.rows].map(([id, row]) => [id, withKeywords(row, add, remove)])),
  };
}

function unreadChanges(subject: Subject, mark: Mark) {
  if (mark !== 'read' && mark !== 'unread') return [];
  return countsOf(subject).map(({ mailboxId, total, unread }) => ({
    mailboxId,
    total: 0,
    unread: mark === 'read' ? -unread : total - unread,
  }));
}

function patchOpened(env: ActionEnvironment, ids: readonly string[], { add, remove }: KeywordChange): void {
  const marked = new Set(ids);
  changeRelatives(env, (item) => (marked.has(item.id) ? withKeywords(item, add, remove) : item));
  for (const id of ids) {
    env.queries.setQueryData<Message>(queryKeys.message(env.accountId, id), (message) =>
      message === undefined ? undefined : withKeywords(message, add, remove),
    );
  }
}
