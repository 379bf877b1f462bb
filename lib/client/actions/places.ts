import type { MessageSummary, Relatives } from '../../mail/model.ts';
import type { WrittenList } from '../list/list-store.ts';
import { queryKeys } from '../query-keys.ts';
import type { ActionEnvironment } from './environment.ts';

/** Where messages stand in each list. */
export type RowPlaces = { list: WrittenList; entries: { position: number; row: MessageSummary }[] }[];

/** Takes confirmed messages out of every list; the list of `mailboxId` also counts those of which it holds no row. */
export function removeEverywhere(env: ActionEnvironment, ids: ReadonlySet<string>, mailboxId: string | null): void {
  const own = mailboxId === null ? [] : env.lists.ofMailbox(mailboxId);
  for (const list of env.lists.all()) {
    const held = [...ids].filter((id) => list.find(id) !== undefined).length;
    const unseen = own.includes(list) ? ids.size - held : 0;
    if (held > 0 || unseen > 0) list.removeMessages(ids, unseen);
  }
  // What is still in the conversation, in another folder, comes back with the server's answer.
  env.queries.setQueriesData<{ items: MessageSummary[] }>({ queryKey: queryKeys.threads(env.accountId) }, (thread) =>
    thread === undefined ? undefined : { items: thread.items.filter(({ id }) => !ids.has(id)) },
  );
  changeRelatives(env, (item) => (ids.has(item.id) ? null : item));
}

/** Changes what is known of conversations in other folders; null takes a message out. */
export function changeRelatives(
  { queries, accountId }: Pick<ActionEnvironment, 'queries' | 'accountId'>,
  change: (item: MessageSummary) => MessageSummary | null,
): void {
  queries.setQueriesData<Relatives>({ queryKey: queryKeys.relatives(accountId) }, (known) =>
    known === undefined ? undefined : { ...known, items: known.items.flatMap((item) => change(item) ?? []) },
  );
}

/** Where the messages stand in the lists now, to show them there again on Undo. */
export function placesOf(env: ActionEnvironment, ids: readonly string[]): RowPlaces {
  return env.lists.all().map((list) => {
    const found = ids.flatMap((id) => list.find(id) ?? []);
    return { list, entries: [...new Map(found.map((entry) => [entry.position, entry])).values()] };
  });
}
