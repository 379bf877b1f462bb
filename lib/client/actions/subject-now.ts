import type { Change } from '../list/pending.ts';
import { renamedRow } from '../united/united-id.ts';
import type { ActionEnvironment, Subject } from './environment.ts';
import { idNow, isReturning } from './returning.ts';

/**
 * The subject by the ids that its messages have now. Those that are on their way back are waited for, and `change`, what is
 * about to be done to them, is shown meanwhile.
 */
export async function subjectNow(env: ActionEnvironment, subject: Subject, change: Change): Promise<Subject> {
  const { accountId, pending } = env;
  if (!subject.ids.some((id) => isReturning(accountId, id))) return subject;
  const stamp = pending.add(change);
  const names = new Map<string, string>();
  for (const id of subject.ids) names.set(id, await idNow(accountId, id));
  pending.end(stamp);
  const name = (id: string) => names.get(id) ?? id;
  const rows = [...subject.rows].map(([id, row]) => [name(id), renamedRow(row, name)] as const);
  return { ...subject, ids: subject.ids.map(name), rows: new Map(rows) };
}
