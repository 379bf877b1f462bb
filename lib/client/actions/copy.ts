import type { Mailbox } from '../../mail/model.ts';
import { call } from '../api.ts';
import type { Change } from '../list/pending.ts';
import type { ActionEnvironment, Subject } from './environment.ts';
import { settle } from './move.ts';
import { runBatch } from './run-batch.ts';
import { subjectNow } from './subject-now.ts';

/** Copies messages to a mailbox. Nothing on this list changes. */
export async function copyMessages(env: ActionEnvironment, wanted: Subject, to: Mailbox): Promise<void> {
  if (wanted.ids.length === 0) return;
  const change: Change = { kind: 'keywords', ids: new Set(), add: [], remove: [] };
  const subject = await subjectNow(env, wanted, change);
  const { done } = await runBatch(env, subject.ids, {
    change,
    send: (ids) => call('copyMessages', { params: { accountId: env.accountId }, body: { ids, to: to.id } }),
    commit: () => undefined,
  });
  if (done.size > 0) env.report({ type: 'copied', count: done.size, mailbox: to });
  settle(env, to.id);
}
