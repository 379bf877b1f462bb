import { ask } from '@/components/ui/question';
import { destroyMessages } from '@/lib/client/actions/destroy';
import { emptyMailbox } from '@/lib/client/actions/empty';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import type { Mailbox } from '@/lib/mail/model';
import { type FilingPlace, keepsDestroyed } from './file-messages';
import { subjectOf } from './subject';

/** Deletes for good what is in Trash or Junk, after one question; with Undo where Posthorn keeps it for a while. */
export async function emptyAfterAsking(place: FilingPlace, mailbox: Mailbox): Promise<void> {
  const count = mailbox.totalMessages ?? 0;
  const isAgreed = await ask({
    title: place.words('emptyTitle', { folder: mailbox.name }),
    text: place.words(keepsDestroyed(place) ? 'emptyTextLocal' : 'emptyText', { count }),
    confirm: place.words('emptyConfirm'),
    isDestructive: true,
  });
  if (!isAgreed) return;
  if (keepsDestroyed(place)) await destroyAll(place, mailbox.id, count);
  else await emptyMailbox(place.env, mailbox.id, count);
}

/** By their ids, so that exactly these can be asked back. */
async function destroyAll({ app, env }: FilingPlace, mailboxId: string, total: number): Promise<void> {
  try {
    const { ids } = await call('listMessageIds', { params: { accountId: env.accountId, mailboxId } });
    if (ids.length === 0) env.report({ type: 'destroyed', count: 0, pending: 0, undo: null });
    await destroyMessages(env, { ...subjectOf(app, env.accountId, ids), mailboxId }, { canRestore: true });
  } catch (thrown) {
    env.report({ type: 'refused', count: total, total, error: asApiError(thrown), undo: null });
  }
}
