import type { Mailbox } from '../../mail/model.ts';
import { queryKeys } from '../query-keys.ts';
import type { ActionEnvironment, Subject } from './environment.ts';

/** By how much a mailbox's counts change. */
export interface CountChange {
  mailboxId: string;
  total: number;
  unread: number;
}

/** Changes the counts on the screen now; gives a function that takes it back. The server's own counts follow. */
export function changeCounts(env: ActionEnvironment, changes: readonly CountChange[]): () => void {
  const apply = (sign: 1 | -1) =>
    env.queries.setQueryData<Mailbox[]>(queryKeys.counts(env.accountId), (mailboxes) =>
      mailboxes?.map((mailbox) => {
        const change = changes.find(({ mailboxId }) => mailboxId === mailbox.id);
        return change === undefined ? mailbox : withCounts(mailbox, sign * change.total, sign * change.unread);
      }),
    );
  apply(1);
  return () => {
    apply(-1);
  };
}

/** What leaves the mailboxes that the messages are in, as far as their rows are known. */
export function countsOf({ ids, rows, mailboxId }: Subject): CountChange[] {
  const byMailbox = new Map<string, CountChange>();
  for (const id of ids) {
    const row = rows.get(id);
    const home = row?.mailboxId ?? mailboxId;
    if (home === null) continue;
    const known = byMailbox.get(home) ?? { mailboxId: home, total: 0, unread: 0 };
    const isUnread = row !== undefined && !row.keywords.includes('$seen');
    byMailbox.set(home, { ...known, total: known.total + 1, unread: known.unread + (isUnread ? 1 : 0) });
  }
  return [...byMailbox.values()];
}

const withCounts = (mailbox: Mailbox, total: number, unread: number): Mailbox => ({
  ...mailbox,
  totalMessages: mailbox.totalMessages === null ? null : Math.max(0, mailbox.totalMessages + total),
  unreadMessages: mailbox.unreadMessages === null ? null : Math.max(0, mailbox.unreadMessages + unread),
});

/** Asks again for what follows from lists, counts and conversations; what was asked before may tell of an earlier moment. */
export function refreshDerived({ queries, accountId }: Pick<ActionEnvironment, 'queries' | 'accountId'>): void {
  // `invalidateQueries` alone joins the very first question, which has no data yet, while it is under way.
  for (const queryKey of [queryKeys.counts(accountId), queryKeys.threads(accountId)])
    void queries.cancelQueries({ queryKey }).then(() => queries.invalidateQueries({ queryKey }));
}

/** Asks again what belongs to the open conversation in other folders, since something came into one of them. */
export function refreshRelatives({ queries, accountId }: Pick<ActionEnvironment, 'queries' | 'accountId'>): void {
  void queries.invalidateQueries({ queryKey: queryKeys.relatives(accountId) });
}
