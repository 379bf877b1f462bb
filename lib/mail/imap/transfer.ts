import type { ImapResponse } from 'imapflow';
import { MailError } from '../errors.ts';
import { imapMessageIdOf } from '../ids.ts';
import { type Outcome, outcomeOf } from './batch.ts';
import { existing, stillHere } from './store.ts';
import { isLostConnection, translateError } from './translate-error.ts';
import { countUidSet, formatUidSets, parseUidSet } from './uid-set.ts';
import { execute, mailboxToken, responseCode, sequence, textOf } from './wire.ts';
import type { Selected } from './with-imap.ts';

const maxTries = 3;
const maxIds = 100_000;

interface Transfer {
  name: 'UID MOVE' | 'UID COPY';
  /** The path of the mailbox to move or copy to. */
  target: string;
}

/**
 * Sends UID MOVE (RFC 6851 §3.2) or UID COPY for as many messages as there are, in as many commands as their numbers
 * take. A message without an outcome was not there. Throws what the first command was refused for; where a later one
 * was, its messages and those after it have the error.
 */
export async function transfer(
  selected: Selected,
  uids: readonly number[],
  { name, target }: Transfer,
): Promise<Map<number, Outcome>> {
  const outcomes = new Map<number, Outcome>();
  const note = (response: ImapResponse) => {
    for (const [uid, newId] of copiedIds(response, target, uids.length)) outcomes.set(uid, { newId });
  };
  const send = async (set: string) => {
    // COPYUID comes untagged with MOVE (RFC 6851 §4.3), in the tagged OK with COPY.
    const response = await execute(selected.client, {
      name,
      attributes: [sequence(set), mailboxToken(selected.client, target)],
      untagged: { OK: note },
      deadlineMs: 120_000,
    });
    note(response);
    // NO [EXPUNGEISSUED], which imapflow gives like an OK: one had gone, and so none of the set was taken.
    return response.command === 'OK';
  };
  const { done, left, failure } = await sendAll(selected, uids, send);
  // Servers need not give COPYUID (RFC 4315 §3): then what has left its place is moved, what is still there copied.
  if (outcomes.size === 0 && done.length > 0) {
    const here = new Set(await existing(selected, done));
    for (const uid of done) if (here.has(uid) === (name === 'UID COPY')) outcomes.set(uid, {});
  }
  for (const uid of left) if (!outcomes.has(uid)) outcomes.set(uid, outcomeOf(failure));
  return outcomes;
}

interface Sent {
  done: number[];
  /** Not done, because of `failure`. */
  left: readonly number[];
  failure: MailError;
}

async function sendAll(
  selected: Selected,
  uids: readonly number[],
  send: (set: string) => Promise<boolean>,
): Promise<Sent> {
  const done: number[] = [];
  let left = uids;
  try {
    for (let tries = 1; left.length > 0 && tries <= maxTries; tries += 1) {
      if (tries > 1) left = await stillHere({ ...selected, isNew: false }, left);
      const refused: number[] = [];
      for (const set of formatUidSets(left)) {
        const answered = (await send(set)) ? done : refused;
        for (const uid of parseUidSet(set, maxIds)) answered.push(uid);
      }
      left = refused;
    }
    return { done, left, failure: new MailError('busy', 'others kept removing mail from here') };
  } catch (error) {
    // What became of a command whose connection was lost is found out by looking again, over another one.
    if (done.length === 0 || isLostConnection(error)) throw error;
    const isDone = new Set(done);
    return { done, left: left.filter((uid) => !isDone.has(uid)), failure: translateError(error) };
  }
}

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
