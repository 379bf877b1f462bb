import type { InputOf } from '../../contract/operations.ts';
import type { Mailbox, PerIdResult } from '../../mail/model.ts';
import { openRoute } from '../api.ts';
import { asApiError } from '../api-error.ts';
import { removal } from '../list/pending.ts';
import { changeCounts, countsOf } from './counts.ts';
import type { Homes } from './deed.ts';
import type { ActionEnvironment, Subject, Undo } from './environment.ts';
import { asTheyAre, homesOf, settle } from './move.ts';
import { placesOf, removeEverywhere } from './places.ts';
import { namesOf, renameMessages } from './rename.ts';
import { type Names, startReturning } from './returning.ts';
import { runBatch } from './run-batch.ts';
import { subjectNow } from './subject-now.ts';

/** Each is read whole and kept again: so few go in one request, that one can stop between two. */
const atOnce = 20;

/**
 * Moves messages to a folder of another account: gone from the list at once, back if refused. Undo moves them back the same way,
 * as does another page, as long as they are there under the ids that the other account told.
 */
export async function transferMessages(
  env: ActionEnvironment,
  there: ActionEnvironment,
  wanted: Subject,
  to: Mailbox,
): Promise<void> {
  if (wanted.ids.length === 0) return;
  const subject = await subjectNow(env, wanted, removal(wanted.ids));
  const leaving = countsOf(subject);
  const undoLeaving = changeCounts(
    env,
    leaving.map(({ mailboxId, total, unread }) => ({ mailboxId, total: -total, unread: -unread })),
  );
  const places = placesOf(env, subject.ids);
  const outcome = await send(env, subject, { accountId: there.accountId, mailboxId: to.id });
  if (outcome.left > 0) undoLeaving();
  settle(env, subject.mailboxId ?? '');
  settle(there, to.id);
  if (outcome.done.size === 0) return;
  const homes = homesOf(subject, outcome);
  let isUndone = false;
  const undo: Undo = {
    takeBack() {
      if (isUndone) return;
      isUndone = true;
      for (const { list, entries } of places)
        list.restoreMessages(entries.filter(({ row }) => outcome.done.has(row.id)));
      startReturning(env.accountId, [...outcome.done.keys()], transferBack(env, there, homes, outcome.done));
    },
    async deeds() {
      if (isUndone || homes.length === 0) return [];
      const { accountId } = there;
      return [{ accountId, type: 'transferred', fromAccountId: env.accountId, to: { name: to.name }, homes }];
    },
  };
  env.report({ type: 'moved', count: outcome.done.size, mailbox: to, undo });
}

const send = (env: ActionEnvironment, { ids, mailboxId }: Pick<Subject, 'ids' | 'mailboxId'>, to: Place) =>
  runBatch(env, ids, {
    change: removal(ids),
    send: (chunk) => request(env.accountId, chunk, to),
    commit: (done) => removeEverywhere(env, done, mailboxId),
  });

interface Place {
  accountId: string;
  mailboxId: string;
}

const route = { method: 'post', path: '/api/accounts/{accountId}/messages/transfer' };

/** Where a later request fails, what the earlier ones did is told all the same: Undo needs it. */
async function request(accountId: string, ids: readonly string[], to: Place): Promise<{ results: PerIdResult[] }> {
  const results: PerIdResult[] = [];
  for (let at = 0; at < ids.length; at += atOnce) {
    const some = ids.slice(at, at + atOnce);
    const body: InputOf<'transferMessages', 'body'> = { ids: some, toAccountId: to.accountId, to: to.mailboxId };
    try {
      const response = await openRoute(route, { params: { accountId }, body });
      results.push(...((await response.json()) as { results: PerIdResult[] }).results);
    } catch (thrown) {
      if (at === 0) throw thrown;
      const { code } = asApiError(thrown);
      const error = { code: code === 'offline' ? ('unreachable' as const) : code };
      return { results: [...results, ...ids.slice(at).map((id) => ({ id, error }))] };
    }
  }
  return { results };
}

/** Moves messages back to the account that they came from, each to where it was; `done` as in `moveBack`. */
export async function transferBack(
  env: ActionEnvironment,
  there: ActionEnvironment,
  homes: Homes,
  done = asTheyAre(homes),
): Promise<Names> {
  const back = new Map<string, string | null>();
  for (const [mailboxId, ids] of homes) {
    const outcome = await send(there, { ids, mailboxId: null }, { accountId: env.accountId, mailboxId });
    for (const [id, now] of outcome.done) back.set(id, now);
  }
  const names = namesOf(done, back);
  renameMessages(env, names);
  for (const list of [...env.lists.all(), ...there.lists.all()]) list.refresh();
  for (const [mailboxId] of homes) settle(env, mailboxId);
  env.report(
    back.size < done.size ? { type: 'notUndone' } : { type: 'undone', returned: { accountId: env.accountId, names } },
  );
  return names;
}
