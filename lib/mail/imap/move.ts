import type { ImapResponse } from 'imapflow';
import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import { imapMessageIdOf, parseMailboxId } from '../ids.ts';
import type { PerIdResult } from '../model.ts';
import { forEachMailbox, type Outcome, outcomeOf } from './batch.ts';
import type { Account } from './pool-types.ts';
import { removeForGood } from './remove.ts';
import { existing } from './store.ts';
import { countUidSet, formatUidSets, parseUidSet } from './uid-set.ts';
import { execute, mailboxToken, responseCode, sequence, textOf } from './wire.ts';
import { refresh, type Selected } from './with-imap.ts';

const maxTries = 3;
const maxIds = 100_000;

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
        // Without the NOOP, Dovecot goes on to find what others have expunged.
        await refresh(selected);
        const present = await existing(selected, uids);
        // What an earlier try found here and is not here any more has left by it: only its answer was lost.
        const here = new Set(present);
        const gone = (named.get(path) ?? []).filter((uid) => !here.has(uid));
        named.set(path, present);
        const moved = await transfer(selected, present, target, 'UID MOVE');
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
  const present = selected.client.capabilities.has('UIDPLUS') ? uids : await existing(selected, uids);
  return await transfer(selected, present, target, 'UID COPY');
}

async function transfer(
  selected: Selected,
  uids: number[],
  target: string,
  name: 'UID MOVE' | 'UID COPY',
): Promise<Map<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  const note = (response: ImapResponse) => {
    for (const [uid, newId] of copiedIds(response, target, uids.length)) outcomes.set(uid, { newId });
  };
  const done: number[] = [];
  let left = uids;
  for (let tries = 1; left.length > 0 && tries <= maxTries; tries += 1) {
    if (tries > 1) left = await stillHere(selected, left);
    const refused: number[] = [];
    for (const set of formatUidSets(left)) {
      // COPYUID comes untagged with MOVE (RFC 6851 §4.3), in the tagged OK with COPY.
      const response = await execute(selected.client, {
        name,
        attributes: [sequence(set), mailboxToken(selected.client, target)],
        untagged: { OK: note },
        deadlineMs: 120_000,
      });
      note(response);
      // NO [EXPUNGEISSUED], which imapflow gives like an OK: one had gone, and so none of the set was taken.
      const answered = response.command === 'OK' ? done : refused;
      for (const uid of parseUidSet(set, maxIds)) answered.push(uid);
    }
    left = refused;
  }
  // Servers need not give COPYUID (RFC 4315 §3): then what has left its place is moved, what is still there copied.
  if (outcomes.size === 0 && done.length > 0) {
    const here = new Set(await existing(selected, done));
    for (const uid of done) if (here.has(uid) === (name === 'UID COPY')) outcomes.set(uid, {});
  }
  const refusal = outcomeOf(new MailError('busy', 'others kept removing mail from here'));
  for (const uid of left) if (!outcomes.has(uid)) outcomes.set(uid, refusal);
  return outcomes;
}

async function stillHere(selected: Selected, uids: number[]): Promise<number[]> {
  await refresh({ ...selected, isNew: false });
  return await existing(selected, uids);
}

/** Where COPYUID names more than `most`, it is no answer to what was asked, and is not walked. */
function copiedIds(response: ImapResponse, target: string, most: number): [number, string][] {
  const said = responseCode(response);
  if (said?.code !== 'COPYUID') return [];
  const [uidValidity = '', from = '', to = ''] = said.values.map((token) => textOf(token) ?? '');
  const count = countUidSet(from);
  if (count > most || countUidSet(to) !== count || !/^\d{1,10}$/.test(uidValidity)) return [];
  const copies = parseUidSet(to, count);
  return parseUidSet(from, count).map((uid, at) => [
    uid,
    imapMessageIdOf({ path: target, uidValidity: Number(uidValidity), uid: copies[at] ?? 0 }),
  ]);
}
