import { asMailError, MailError } from '../errors.ts';
import { type ImapMessageRef, parseImapMessageId } from '../ids.ts';
import type { PerIdResult } from '../model.ts';
import type { Account } from './pool-types.ts';
import { translateError } from './translate-error.ts';
import { type Mode, type Selected, withImap } from './with-imap.ts';

const maxIds = 100_000;

/** What became of one UID: done (with its new id where known), or an error. */
export type Outcome = Omit<PerIdResult, 'id'>;

export interface BatchWork {
  mode: Mode;
  signal?: AbortSignal | undefined;
  /** Does it for one mailbox, after `catchUp` or by `stillHere`. A UID without an outcome was not there. */
  work(selected: Selected, uids: number[]): Promise<Map<number, Outcome>>;
}

/**
 * Does the same to many messages, mailbox by mailbox, and gives one result per id, in order. Ids that are not ours are
 * `notFound`, those of an earlier life of their mailbox `stale`. Throws `invalid` past 100,000 ids, and the only error
 * where nothing was attempted because no mailbox could be reached.
 */
export async function forEachMailbox(
  account: Account,
  ids: readonly string[],
  batch: BatchWork,
): Promise<PerIdResult[]> {
  if (ids.length > maxIds) throw new MailError('invalid', 'too many ids', { detail: 'ids' });
  const outcomes = new Map<string, Outcome>();
  const groups = groupByMailbox(ids, outcomes);
  let reached = groups.length === 0;
  let unreached: MailError | null = null;
  for (const refs of groups) {
    try {
      await doGroup(account, refs, batch, outcomes);
      reached = true;
    } catch (error) {
      const failure = translateError(error);
      unreached = failure;
      for (const { id } of refs) if (!outcomes.has(id)) outcomes.set(id, outcomeOf(failure));
    }
  }
  const isAboutConnection =
    unreached !== null &&
    !['notFound', 'stale', 'forbidden', 'invalid', 'conflict', 'overQuota', 'tooLarge', 'unsupported'].includes(
      unreached.code,
    );
  if (!reached && unreached && isAboutConnection) throw unreached;
  return ids.map((id) => ({ id, ...(outcomes.get(id) ?? outcomeOf(new MailError('notFound', 'no such message'))) }));
}

export const outcomeOf = (error: unknown): Outcome => {
  const { code, serverText, detail } = asMailError(error);
  const said = serverText ?? detail;
  return { error: { code, ...(said ? { detail: said } : {}) } };
};

interface Ref extends ImapMessageRef {
  id: string;
}

function groupByMailbox(ids: readonly string[], outcomes: Map<string, Outcome>): Ref[][] {
  const groups = new Map<string, Ref[]>();
  for (const id of new Set(ids)) {
    try {
      const ref = { id, ...parseImapMessageId(id) };
      const group = groups.get(ref.path);
      if (group) group.push(ref);
      else groups.set(ref.path, [ref]);
    } catch (error) {
      outcomes.set(id, outcomeOf(error));
    }
  }
  return [...groups.values()];
}

async function doGroup(account: Account, refs: Ref[], batch: BatchWork, outcomes: Map<string, Outcome>): Promise<void> {
  const mailbox = refs[0]?.path ?? '';
  await withImap(account, { mailbox, mode: batch.mode, signal: batch.signal }, async (selected) => {
    const here = refs.filter(({ uidValidity }) => uidValidity === selected.uidValidity);
    const stale = outcomeOf(new MailError('stale', 'the mailbox has begun anew since'));
    for (const ref of refs) if (ref.uidValidity !== selected.uidValidity) outcomes.set(ref.id, stale);
    if (here.length === 0) return;
    const done = await batch.work(
      selected,
      here.map(({ uid }) => uid),
    );
    for (const { id, uid } of here) {
      const outcome = done.get(uid);
      if (outcome) outcomes.set(id, outcome);
    }
  });
}
