import type { Mailbox } from '../../mail/model.ts';
import { call } from '../api.ts';
import type { ActionEnvironment, Subject } from './environment.ts';
import { settle } from './move.ts';
import { runBatch } from './run-batch.ts';

/** Copies messages to a mailbox. Nothing on this list changes. */
export async function copyMessages(env: ActionEnvironment, subject: Subject, to: Mailbox): Promise<void> {
  if (subject.ids.length === 0) return;
  const { done } = await runBatch(env, subject.ids, {
    change: { kind: 'keywords', ids: new Set(), add: [], remove: [] },
    send: (ids) => call('copyMessages', { params: { accountId: env.accountId }, body: { ids, to: to.id } }),
    commit: () => undefined,
  });
  if (done.size > 0) env.report({ type: 'copied', count: done.size, mailbox: to });
  settle(env, to.id);
}
