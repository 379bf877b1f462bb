import type { Mailbox } from '../../mail/model.ts';
import { call } from '../api.ts';
import { removal } from '../list/pending.ts';
import { type CountChange, changeCounts, countsOf, refreshDerived, refreshRelatives } from './counts.ts';
import type { Homes } from './deed.ts';
import type { ActionEnvironment, Subject, Undo } from './environment.ts';
import { placesOf, removeEverywhere } from './places.ts';
import { namesOf, renameMessages } from './rename.ts';
import { type Names, startReturning } from './returning.ts';
import { type BatchOutcome, runBatch } from './run-batch.ts';
import { subjectNow } from './subject-now.ts';

/** Moves messages to a mailbox: gone from the list at once, back if refused. Undo moves them to where they were. */
export async function moveMessages(env: ActionEnvironment, wanted: Subject, to: Mailbox): Promise<void> {
  if (wanted.ids.length === 0) return;
  const subject = await subjectNow(env, wanted, removal(wanted.ids));
  const leaving = countsOf(subject);
  const undoCounts = changeCounts(env, [...leaving.map(negate), arrivals(leaving, to.id)]);
  const places = placesOf(env, subject.ids);
  let isUndone = false;
  const undo: Undo = {
    takeBack() {
      // It stands on a button and under a key; twice would take the counts back twice.
      if (isUndone) return;
      isUndone = true;
      undoCounts();
      env.pending.reveal(subject.ids);
      for (const { list, entries } of places) list.restoreMessages(entries);
      // Until they are back, their ids name nothing on the server: nobody should ask for them.
      const returning = env.pending.add({ kind: 'keywords', ids: new Set(subject.ids), add: [], remove: [] });
      const back = work
        .then((outcome) => moveBack(env, homesOf(subject, outcome), outcome.done))
        .finally(() => env.pending.end(returning));
      startReturning(env.accountId, subject.ids, back);
    },
    async deeds() {
      const homes = homesOf(subject, await work);
      if (isUndone || homes.length === 0) return [];
      return [{ accountId: env.accountId, type: 'moved', to: { name: to.name }, homes }];
    },
  };
  const work = sendMove(env, subject, to, { undo, isUndone: () => isUndone });
  env.report({ type: 'moved', count: subject.ids.length, mailbox: to, undo });
  const outcome = await work;
  if (outcome.left > 0 && !isUndone) undoCounts();
  settle(env, to.id);
}

const sendMove = (
  env: ActionEnvironment,
  subject: Subject,
  to: Mailbox,
  { undo, isUndone }: { undo: Undo; isUndone: () => boolean },
) =>
  runBatch(env, subject.ids, {
    change: removal(subject.ids),
    send: (ids) => call('moveMessages', { params: { accountId: env.accountId }, body: { ids, to: to.id } }),
    commit: (done) => {
      if (!isUndone()) removeEverywhere(env, done, subject.mailboxId);
    },
    undo,
    isUndone,
  });

/** What has moved under an id that we know, by the mailbox that it was in. */
export function homesOf(subject: Subject, outcome: BatchOutcome): Homes {
  const homes = new Map<string, string[]>();
  for (const [id, newId] of outcome.done) {
    const home = subject.rows.get(id)?.mailboxId ?? subject.mailboxId;
    if (newId === null || home === null) continue;
    const known = homes.get(home);
    if (known === undefined) homes.set(home, [newId]);
    else known.push(newId);
  }
  return [...homes];
}

/** The same ids as what they were and as what they are now: where nobody knows any more what they were. */
export const asTheyAre = (homes: Homes): BatchOutcome['done'] =>
  new Map(homes.flatMap(([, ids]) => ids.map((id) => [id, id])));

/** Moves messages to where they were. `done`: what they are called now, by what they were; of some it may not be known. */
export async function moveBack(env: ActionEnvironment, homes: Homes, done = asTheyAre(homes)): Promise<Names> {
  const back = new Map<string, string | null>();
  for (const [home, ids] of homes) {
    const outcome = await runBatch(env, ids, {
      change: removal(ids),
      send: (chunk) => call('moveMessages', { params: { accountId: env.accountId }, body: { ids: chunk, to: home } }),
      commit: (gone) => removeEverywhere(env, gone, null),
    });
    for (const [id, now] of outcome.done) back.set(id, now);
  }
  const names = namesOf(done, back);
  renameMessages(env, names);
  for (const [home] of homes) settle(env, home);
  for (const list of env.lists.all()) list.refresh();
  env.report(
    back.size < done.size ? { type: 'notUndone' } : { type: 'undone', returned: { accountId: env.accountId, names } },
  );
  return names;
}

/** After a write: the lists of the mailbox that received are read again when seen, and the counts now. */
export function settle(env: ActionEnvironment, mailboxId: string): void {
  for (const list of env.lists.ofMailbox(mailboxId)) list.refresh();
  refreshDerived(env);
  refreshRelatives(env);
}

const negate = (change: CountChange): CountChange => ({
  mailboxId: change.mailboxId,
  total: -change.total,
  unread: -change.unread,
});

const arrivals = (leaving: readonly CountChange[], mailboxId: string): CountChange => ({
  mailboxId,
  total: leaving.reduce((sum, change) => sum + change.total, 0),
  unread: leaving.reduce((sum, change) => sum + change.unread, 0),
});
