import { call } from '../api.ts';
import { removal } from '../list/pending.ts';
import { changeCounts, countsOf, refreshDerived } from './counts.ts';
import type { ActionEnvironment, Subject } from './environment.ts';
import { placesOf, type RowPlaces, removeEverywhere } from './places.ts';
import { runBatch } from './run-batch.ts';
import { subjectNow } from './subject-now.ts';
import { undoOnce } from './undo-once.ts';

/** Deletes messages for good. The caller has asked. `canRestore`: the account keeps them for a while, so there is Undo. */
export async function destroyMessages(
  env: ActionEnvironment,
  wanted: Subject,
  { canRestore }: { canRestore: boolean },
): Promise<void> {
  if (wanted.ids.length === 0) return;
  const subject = await subjectNow(env, wanted, removal(wanted.ids));
  const leaving = countsOf(subject).map((change) => ({ ...change, total: -change.total, unread: -change.unread }));
  const undoCounts = changeCounts(env, leaving);
  const places = placesOf(env, subject.ids);
  let pending = 0;
  const { done, left } = await runBatch(env, subject.ids, {
    change: removal(subject.ids),
    async send(ids) {
      const answer = await call('destroyMessages', { params: { accountId: env.accountId }, body: { ids } });
      pending += answer.results.filter(({ isPending }) => isPending === true).length;
      return answer;
    },
    commit: (gone) => removeEverywhere(env, gone, subject.mailboxId),
  });
  if (left > 0) undoCounts();
  if (done.size > 0) {
    const ids = [...done.keys()];
    const undo = canRestore
      ? undoOnce({ accountId: env.accountId, type: 'destroyed', ids }, () => {
          showAgain(env, subject, done, places);
          return restoreMessages(env, ids);
        })
      : null;
    env.report({ type: 'destroyed', count: done.size, pending, undo });
  }
  refreshDerived(env);
}

/** Shows them where they were, before they are back. */
function showAgain(
  env: ActionEnvironment,
  subject: Subject,
  gone: Pick<ReadonlySet<string>, 'has'>,
  places: RowPlaces,
): void {
  changeCounts(env, countsOf({ ...subject, ids: subject.ids.filter((id) => gone.has(id)) }));
  for (const { list, entries } of places) list.restoreMessages(entries.filter(({ row }) => gone.has(row.id)));
}

/** Asks for messages back. What nobody has any more goes from the screen again, and is told. */
export async function restoreMessages(env: ActionEnvironment, ids: readonly string[]): Promise<void> {
  const { left } = await runBatch(env, ids, {
    change: { kind: 'keywords', ids: new Set(ids), add: [], remove: [] },
    send: (some) => call('restoreMessages', { params: { accountId: env.accountId }, body: { ids: some } }),
    commit: () => undefined,
  });
  for (const list of env.lists.all()) list.refresh();
  refreshDerived(env);
  if (left === 0) env.report({ type: 'undone' });
}
