import { call } from '../api.ts';
import { changeCounts, countsOf, refreshDerived } from './counts.ts';
import type { ActionEnvironment, Subject, Undo } from './environment.ts';
import { placesOf, type RowPlaces, removeEverywhere } from './places.ts';
import { runBatch } from './run-batch.ts';

/** Deletes messages for good. The caller has asked. `canRestore`: the account keeps them for a while, so there is Undo. */
export async function destroyMessages(
  env: ActionEnvironment,
  subject: Subject,
  { canRestore }: { canRestore: boolean },
): Promise<void> {
  if (subject.ids.length === 0) return;
  const leaving = countsOf(subject).map((change) => ({ ...change, total: -change.total, unread: -change.unread }));
  const undoCounts = changeCounts(env, leaving);
  const places = placesOf(env, subject.ids);
  let pending = 0;
  const { done, left } = await runBatch(env, subject.ids, {
    change: { kind: 'remove', ids: new Set(subject.ids) },
    async send(ids) {
      const answer = await call('destroyMessages', { params: { accountId: env.accountId }, body: { ids } });
      pending += answer.results.filter(({ isPending }) => isPending === true).length;
      return answer;
    },
    commit: (gone) => removeEverywhere(env, gone, subject.mailboxId),
  });
  if (left > 0) undoCounts();
  if (done.size > 0) {
    const undo = canRestore ? undoOnce(() => restoreMessages(env, subject, new Set(done.keys()), places)) : null;
    env.report({ type: 'destroyed', count: done.size, pending, undo });
  }
  refreshDerived(env);
}

/** Shows them where they were, and asks for them back. What nobody has any more goes again, and is told. */
async function restoreMessages(
  env: ActionEnvironment,
  subject: Subject,
  gone: ReadonlySet<string>,
  places: RowPlaces,
): Promise<void> {
  const ids = subject.ids.filter((id) => gone.has(id));
  changeCounts(env, countsOf({ ...subject, ids }));
  for (const { list, entries } of places) list.restoreMessages(entries.filter(({ row }) => gone.has(row.id)));
  const { left } = await runBatch(env, ids, {
    change: { kind: 'keywords', ids: gone, add: [], remove: [] },
    send: (some) => call('restoreMessages', { params: { accountId: env.accountId }, body: { ids: some } }),
    commit: () => undefined,
  });
  for (const list of env.lists.all()) list.refresh();
  refreshDerived(env);
  if (left === 0) env.report({ type: 'undone' });
}

/** It stands on a button and under a key. */
function undoOnce(work: () => Promise<void>): Undo {
  let isUndone = false;
  return () => {
    if (isUndone) return;
    isUndone = true;
    void work();
  };
}
