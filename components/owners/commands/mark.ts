import type { LabelMark, Mark, Subject } from '@/lib/client/actions/environment';
import { markMessages } from '@/lib/client/actions/keywords';
import { call } from '@/lib/client/api';
import { asApiError } from '@/lib/client/api-error';
import { selectNone } from '@/lib/client/list/selection';
import type { FilingPlace } from './file-messages';
import { subjectOf } from './subject';

const allHave = (all: readonly Subject[], keyword: string): boolean =>
  all.every(({ ids, rows }) => ids.every((id) => rows.get(id)?.keywords.includes(keyword) === true));

/** Flags, or takes the flag off where all have it; `all` is what is marked in other accounts too. */
export function toggleFlag(place: FilingPlace, subject: Subject, all: readonly Subject[] = [subject]): void {
  void markWhatDiffers(place, subject, allHave(all, '$flagged') ? 'unflagged' : 'flagged');
}

/** Marks read, or unread where all are read. */
export function toggleRead(place: FilingPlace, subject: Subject, all: readonly Subject[] = [subject]): void {
  mark(place, subject, allHave(all, '$seen') ? 'unread' : 'read');
}

export function mark(place: FilingPlace, subject: Subject, verb: 'read' | 'unread'): void {
  void markWhatDiffers(place, subject, verb);
  place.app.selection.set(selectNone);
}

/** Puts a label on, or takes it off. */
export function label(place: FilingPlace, subject: Subject, mark: LabelMark): void {
  void markWhatDiffers(place, subject, mark);
}

type Differing = Exclude<Mark, 'junk' | 'notJunk'>;

/** What the server is asked for to learn which messages have a mark already, and whether those are the ones to change. */
function differenceOf(mark: Differing) {
  if (typeof mark === 'object') return { query: { q: `keyword:"${mark.keyword}"` }, isWanted: !mark.isSet };
  const filter = mark === 'read' || mark === 'unread' ? ('unread' as const) : ('flagged' as const);
  return { query: { filter }, isWanted: mark === 'read' || mark === 'unflagged' };
}

/**
 * Marks those that are not so already. Of messages whose rows are not here ("all 20,000") the server is asked which those
 * are, so that Undo gives back what was, and not what never was.
 */
async function markWhatDiffers(place: FilingPlace, subject: Subject, mark: Differing): Promise<void> {
  const { env, can } = place;
  const { query, isWanted } = differenceOf(mark);
  const areKnown = subject.ids.every((id) => subject.rows.has(id));
  if (areKnown || subject.mailboxId === null || (query.filter && !can.filter.includes(query.filter))) {
    await markMessages(env, subject, mark);
    return;
  }
  try {
    const params = { accountId: env.accountId, mailboxId: subject.mailboxId };
    const { ids } = await call('listMessageIds', { params, query });
    const matching = new Set(ids);
    const differing = subject.ids.filter((id) => matching.has(id) === isWanted);
    await markMessages(env, { ...subject, ids: differing }, mark);
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
    await markMessages(env, { ...subjectOf(app, env.accountId, ids), mailboxId }, 'read');
  } catch (thrown) {
    env.report({ type: 'refused', count: 1, total: 1, error: asApiError(thrown), undo: null });
  }
}
