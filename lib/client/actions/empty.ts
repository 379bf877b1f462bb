import { call } from '../api.ts';
import { asApiError } from '../api-error.ts';
import { refreshDerived } from './counts.ts';
import type { ActionEnvironment } from './environment.ts';

/** Deletes for good everything in Trash or Junk. The caller has asked. */
export async function emptyMailbox(env: ActionEnvironment, mailboxId: string, total: number): Promise<void> {
  try {
    const { destroyed } = await call('emptyMailbox', { params: { accountId: env.accountId, mailboxId } });
    env.report({ type: 'destroyed', count: destroyed, pending: 0, undo: null });
  } catch (thrown) {
    env.report({ type: 'refused', count: total, total, error: asApiError(thrown), undo: null });
  }
  for (const list of env.lists.ofMailbox(mailboxId)) list.refresh();
  refreshDerived(env);
}
