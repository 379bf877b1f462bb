import type { Message } from '../../mail/model.ts';
import { queryKeys } from '../query-keys.ts';
import { renamedRow } from '../united/united-id.ts';
import type { ActionEnvironment } from './environment.ts';
import type { Names } from './returning.ts';
import type { BatchOutcome } from './run-batch.ts';

/** What was `done` to messages, and then taken `back`, each by the ids before and after: the last ids by the first. */
export function namesOf(done: BatchOutcome['done'], back: BatchOutcome['done']): Names {
  const names = new Map<string, string>();
  for (const [id, there] of done) {
    const now = there === null ? null : back.get(there);
    if (now != null) names.set(id, now);
  }
  return names;
}

/** Calls messages by their new ids in every list, and what was read of them too. */
export function renameMessages(env: ActionEnvironment, names: Names): void {
  const name = (id: string) => names.get(id) ?? id;
  for (const list of env.lists.all()) {
    const found = [...names.keys()].flatMap((id) => list.find(id) ?? []);
    const entries = [...new Map(found.map((entry) => [entry.position, entry])).values()];
    if (entries.length === 0) continue;
    list.removeMessages(new Set(names.keys()));
    list.restoreMessages(entries.map(({ position, row }) => ({ position, row: renamedRow(row, name) })));
  }
  for (const [id, now] of names) {
    const read = env.queries.getQueryData<Message>(queryKeys.message(env.accountId, id));
    if (read !== undefined) env.queries.setQueryData(queryKeys.message(env.accountId, now), { ...read, id: now });
  }
}
