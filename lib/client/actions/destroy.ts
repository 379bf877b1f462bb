import { call } from '../api.ts';
import { changeCounts, countsOf, refreshCounts } from './counts.ts';
import type { ActionEnvironment, Subject } from './environment.ts';
import { removeEverywhere } from './move.ts';
import { runBatch } from './run-batch.ts';

/** Deletes messages for good. The caller has asked; there is no undo. */
export async function destroyMessages(env: ActionEnvironment, subject: Subject): Promise<void> {
  if (subject.ids.length === 0) return;
  const leaving = countsOf(subject).map((change) => ({ ...change, total: -change.total, unread: -change.unread }));
  const undoCounts = changeCounts(env, leaving);
  const { done, left } = await runBatch(env, subject.ids, {
    change: { kind: 'remove', ids: new Set(subject.ids) },
    send: (ids) => call('destroyMessages', { params: { accountId: env.accountId }, body: { ids } }),
    commit: (gone) => removeEverywhere(env, gone, subject.mailboxId),
  });
  if (left > 0) undoCounts();
  if (done.size > 0) env.report({ type: 'destroyed', count: done.size });
  refreshCounts(env);
}
