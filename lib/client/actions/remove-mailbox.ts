import type { Mailbox } from '../../mail/model.ts';
import { call } from '../api.ts';
import { asApiError } from '../api-error.ts';
import { queryKeys } from '../query-keys.ts';
import type { RemovedMailbox } from './deed.ts';
import type { ActionEnvironment } from './environment.ts';
import { settle } from './move.ts';
import { chunkSize } from './run-batch.ts';
import { undoOnce } from './undo-once.ts';

/** A folder with all below it, parents first. */
export function withAllBelow(mailbox: Mailbox, all: readonly Mailbox[]): Mailbox[] {
  const found = [mailbox];
  for (const one of found) found.push(...all.filter(({ parentId }) => parentId === one.id));
  return found;
}

/**
 * Deletes a folder that lives in Posthorn with all below it; what is in them goes to Trash. Undo makes the folders again and
 * moves it back. The caller has asked.
 */
export async function removeLocalMailbox(env: ActionEnvironment, mailbox: Mailbox, all: readonly Mailbox[]) {
  const { accountId } = env;
  try {
    const removed = await Promise.all(
      withAllBelow(mailbox, all).map(async (one): Promise<RemovedMailbox> => {
        const { ids } = await call('listMessageIds', { params: { accountId, mailboxId: one.id } });
        return { mailbox: one, ids };
      }),
    );
    await call('deleteMailbox', { params: { accountId, mailboxId: mailbox.id } });
    const deed = { accountId, type: 'removedMailbox', name: mailbox.name, removed } as const;
    const undo = undoOnce(deed, () => bringBack(env, removed));
    env.report({ type: 'removedMailbox', name: mailbox.name, undo });
  } catch (thrown) {
    env.report({ type: 'refused', count: 1, total: 1, error: asApiError(thrown), undo: null });
  }
  await refresh(env);
}

/** Makes deleted folders again, and moves back what was in them. */
export async function bringBack(env: ActionEnvironment, removed: readonly RemovedMailbox[]): Promise<void> {
  const { accountId } = env;
  const made = new Map<string, string>();
  let isWhole = true;
  try {
    for (const { mailbox, ids } of removed) {
      const parentId = mailbox.parentId === null ? null : (made.get(mailbox.parentId) ?? mailbox.parentId);
      const again = await call('createMailbox', { params: { accountId }, body: { name: mailbox.name, parentId } });
      made.set(mailbox.id, again.id);
      for (let at = 0; at < ids.length; at += chunkSize) {
        const body = { ids: ids.slice(at, at + chunkSize), to: again.id };
        const { results } = await call('moveMessages', { params: { accountId }, body });
        if (results.some(({ error }) => error !== undefined)) isWhole = false;
      }
      settle(env, again.id);
    }
  } catch (thrown) {
    env.report({ type: 'refused', count: 1, total: 1, error: asApiError(thrown), undo: null });
    isWhole = false;
  }
  await refresh(env);
  env.report({ type: isWhole ? 'undone' : 'notUndone' });
}

async function refresh(env: ActionEnvironment): Promise<void> {
  for (const list of env.lists.all()) list.refresh();
  await env.queries.invalidateQueries({ queryKey: queryKeys.mailboxes(env.accountId) });
}
