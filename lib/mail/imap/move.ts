import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { parseMailboxId } from '../ids.ts';
import type { PerIdResult } from '../model.ts';
import { forEachMailbox, type Outcome, outcomeOf } from './batch.ts';
import type { Account } from './pool-types.ts';
import { removeForGood } from './remove.ts';
import { existing, stillHere } from './store.ts';
import { transfer } from './transfer.ts';
import { catchUp, type Selected } from './with-imap.ts';

interface Batch {
  ids: string[];
  to: string;
}

/**
 * Moves messages: MOVE (RFC 6851), or COPY and UID EXPUNGE without it. What the server refused has not left its place.
 * On a server with neither MOVE nor UIDPLUS, where others have marked mail \Deleted, the copy is made and the original
 * stays marked \Deleted: `unsupported` for that id.
 */
export function moveMessages(
  account: Account,
  { ids, to }: Batch,
  { signal }: CallOptions = {},
): Promise<PerIdResult[]> {
  const target = parseMailboxId(to);
  const named = new Map<string, number[]>();
  return forEachMailbox(account, ids, {
    mode: 'repeatable',
    signal,
    async work(selected, uids) {
      if (selected.mailbox.path === target)
        throw new MailError('invalid', 'the messages are there already', { detail: 'to' });
      if (selected.mailbox.readOnly) throw new MailError('forbidden', 'the mailbox is read-only');
      if (selected.client.capabilities.has('MOVE')) {
        const { path } = selected.mailbox;
        const present = await stillHere(selected, uids);
        // What an earlier try found here and is not here any more has left by it: only its answer was lost.
        const here = new Set(present);
        const gone = (named.get(path) ?? []).filter((uid) => !here.has(uid));
        named.set(path, present);
        const moved = await transfer(selected, present, { name: 'UID MOVE', target });
        for (const uid of gone) moved.set(uid, {});
        return moved;
      }
      if (selected.isRetry) throw new MailError('unreachable', 'the connection was lost while copying');
      return await copyAndRemove(selected, uids, target);
    },
  });
}

/** Copies messages (RFC 9051 §6.4.7); the copy's id is given where the server tells it (UIDPLUS). */
export function copyMessages(
  account: Account,
  { ids, to }: Batch,
  { signal }: CallOptions = {},
): Promise<PerIdResult[]> {
  const target = parseMailboxId(to);
  return forEachMailbox(account, ids, {
    mode: 'once',
    signal,
    work: (selected, uids) => copy(selected, uids, target),
  });
}

async function copyAndRemove(selected: Selected, uids: number[], target: string): Promise<Map<number, Outcome>> {
  const copied = await copy(selected, uids, target);
  const gone = [...copied].flatMap(([uid, { error }]) => (error ? [] : uid));
  try {
    if (gone.length > 0) await removeForGood(selected.client, gone, { leaveMarked: true });
  } catch (error) {
    for (const uid of gone) copied.set(uid, { ...copied.get(uid), ...outcomeOf(error) });
  }
  return copied;
}

/** With UIDPLUS the answer tells which of them there were. */
async function copy(selected: Selected, uids: number[], target: string): Promise<Map<number, Outcome>> {
  await catchUp(selected, uids);
  const present = selected.client.capabilities.has('UIDPLUS') ? uids : await existing(selected, uids);
  return await transfer(selected, present, { name: 'UID COPY', target });
}
