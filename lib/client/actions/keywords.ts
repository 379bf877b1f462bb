import type { Message } from '../../mail/model.ts';
import { call } from '../api.ts';
import { withKeywords } from '../list/shown-list.ts';
import { queryKeys } from '../query-keys.ts';
import { changeCounts, countsOf, refreshCounts } from './counts.ts';
import type { ActionEnvironment, KeywordVerb, Subject } from './environment.ts';
import { runBatch } from './run-batch.ts';

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

/**
 * Marks messages; those that are so already are left alone, so that Undo turns back only what this has changed.
 * `isQuiet`: says nothing when it went well (marking read on opening).
 */
export async function markMessages(
  env: ActionEnvironment,
  subject: Subject,
  verb: KeywordVerb,
  options: { isQuiet?: boolean } = {},
): Promise<void> {
  const { add, remove } = changes[verb];
  const ids = subject.ids.filter((id) => {
    const row = subject.rows.get(id);
    return row === undefined || withKeywords(row, add, remove) !== row;
  });
  if (ids.length === 0) return;
  const changing = { ...subject, ids };
  const undoCounts = changeCounts(env, unreadChanges(changing, verb));
  patchOpened(env, ids, { add, remove });
  const opposite = opposites[verb];
  if (options.isQuiet !== true) {
    const undo =
      opposite === undefined
        ? null
        : () => void markMessages(env, flipped(changing, verb), opposite, { isQuiet: true });
    env.report({ type: 'keywords', verb, count: ids.length, undo });
  }
  const outcome = await runBatch(env, ids, {
    change: { kind: 'keywords', ids: new Set(ids), add, remove },
    send: (chunk, signal) =>
      call('setKeywords', {
        params: { accountId: env.accountId },
        body: { ids: chunk, add: [...add], remove: [...remove] },
        signal,
      }),
    commit: (done) => {
      for (const list of env.lists.all()) list.setKeywords(done, add, remove);
    },
  });
  if (outcome.refused > 0) {
    undoCounts();
    patchOpened(
      env,
      ids.filter((id) => !outcome.done.has(id)),
      { add: remove, remove: add },
    );
  }
  if (verb === 'read' || verb === 'unread') refreshCounts(env);
}

/** The same messages with their rows as they are after `verb`. */
function flipped(subject: Subject, verb: KeywordVerb): Subject {
  const { add, remove } = changes[verb];
  return {
    ...subject,
    rows: new Map([...subject.rows].map(([id, row]) => [id, withKeywords(row, add, remove)])),
  };
}

function unreadChanges(subject: Subject, verb: KeywordVerb) {
  if (verb !== 'read' && verb !== 'unread') return [];
  return countsOf(subject).map(({ mailboxId, total, unread }) => ({
    mailboxId,
    total: 0,
    unread: verb === 'read' ? -unread : total - unread,
  }));
}

function patchOpened(env: ActionEnvironment, ids: readonly string[], { add, remove }: KeywordChange): void {
  for (const id of ids) {
    env.queries.setQueryData<Message>(queryKeys.message(env.accountId, id), (message) =>
      message === undefined ? undefined : withKeywords(message, add, remove),
    );
  }
}
