import type { Subject } from '@/lib/client/actions/environment';
import { markMessages } from '@/lib/client/actions/keywords';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { selectNone } from '@/lib/client/list/selection';
import type { FilingPlace } from './file-messages';
import { subjectOf } from './subject';

const allHave = (subject: Subject, keyword: string): boolean =>
  subject.ids.every((id) => subject.rows.get(id)?.keywords.includes(keyword) === true);

/** Flags, or takes the flag off where all have it. */
export function toggleFlag(place: FilingPlace, subject: Subject): void {
  void markWhatDiffers(place, subject, allHave(subject, '$flagged') ? 'unflagged' : 'flagged');
}

/** Marks read, or unread where all are read. */
export function toggleRead(place: FilingPlace, subject: Subject): void {
  mark(place, subject, allHave(subject, '$seen') ? 'unread' : 'read');
}

export function mark(place: FilingPlace, subject: Subject, verb: 'read' | 'unread'): void {
  void markWhatDiffers(place, subject, verb);
  place.app.selection.set(selectNone);
}

type Verb = 'read' | 'unread' | 'flagged' | 'unflagged';

/**
 * Marks those that are not so already. Of messages whose rows are not here ("all 20,000") the server is asked which those
 * are, so that Undo gives back what was, and not what never was.
 */
async function markWhatDiffers(place: FilingPlace, subject: Subject, verb: Verb): Promise<void> {
  const { env, can } = place;
  const filter = verb === 'read' || verb === 'unread' ? 'unread' : 'flagged';
  const areKnown = subject.ids.every((id) => subject.rows.has(id));
  if (areKnown || subject.mailboxId === null || !can.filter.includes(filter)) {
    await markMessages(env, subject, verb);
    return;
  }
  try {
    const params = { accountId: env.accountId, mailboxId: subject.mailboxId };
    const { ids } = await call('listMessageIds', { params, query: { filter } });
    const matching = new Set(ids);
    const isWanted = verb === 'read' || verb === 'unflagged';
    const differing = subject.ids.filter((id) => matching.has(id) === isWanted);
    await markMessages(env, { ...subject, ids: differing }, verb);
  } catch (thrown) {
    env.report({ type: 'refused', count: 1, total: 1, error: asApiError(thrown), undo: null });
  }
}

/** Marks read what is unread in a mailbox; Undo turns back exactly those. */
export async function markAllRead(place: FilingPlace, mailboxId: string): Promise<void> {
  const { env, app, can } = place;
  try {
    const query = can.filter.includes('unread') ? { filter: 'unread' as const } : {};
    const { ids } = await call('listMessageIds', { params: { accountId: env.accountId, mailboxId }, query });
    await markMessages(env, { ...subjectOf(app, ids), mailboxId }, 'read');
  } catch (thrown) {
    env.report({ type: 'refused', count: 1, total: 1, error: asApiError(thrown), undo: null });
  }
}
