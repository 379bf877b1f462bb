import { countAbsent } from '../../text/absent-answers.ts';
import type { ListRequest } from '../driver.ts';
import { MailError } from '../errors.ts';
import { imapMessageIdOf } from '../ids.ts';
import type { EmailAddress, MessageSummary, Page } from '../model.ts';
import type { Facts } from './facts.ts';
import { fetchRows } from './fetch.ts';
import { keywordsOf } from './keywords.ts';
import { threadsOf } from './known-threads.ts';
import { learnFacts } from './read-window.ts';
import { stateOf } from './state.ts';
import { summaryOf } from './summary.ts';
import { countThreads, indexOfThread, type Threads, threadAt } from './threads.ts';
import { formatUidSets } from './uid-set.ts';
import { atom } from './wire.ts';
import type { Selected } from './with-imap.ts';

/** Of a conversation, so many are told. */
const mostIds = 500;
/** The senders of so many of the oldest and the newest messages are told. */
const firstSenders = 2;
const lastSenders = 8;

/** A window of the mailbox in conversations, each by its newest message. Throws `unsupported` for any order but by receivedAt. */
export async function listThreads(selected: Selected, request: ListRequest): Promise<Page<MessageSummary>> {
  const { position, limit, sort, filter } = request;
  if (filter || (sort && sort.property !== 'receivedAt'))
    throw new MailError('unsupported', 'only by receivedAt, and all of it', { detail: 'collapse' });
  const threads = await threadsOf(selected);
  const total = countThreads(threads);
  const members = await membersOf(selected, threads, placesOf(position, limit, total, sort?.isAscending === true));
  const flags = await readFlags(selected, members.flat());
  const shown = members.map((uids) => uids.filter((uid) => flags.has(uid))).filter(({ length }) => length > 0);
  await learnFacts(selected, [...new Set(shown.flatMap(tellingOf))]);
  const items = shown.flatMap((uids) => summaryOfThread(selected, threads, uids, flags) ?? []);
  const flagged = [...flags].map(([uid, keywords]) => ({ id: String(uid), keywords }));
  const state = `${stateOf(selected, flagged)}.${threads.version.toString(36)}`;
  return { position, total, state, items, ...(threads.below > 0 ? { isPartial: true } : {}) };
}

/** Which conversations, counted from the newest. */
function placesOf(position: number, limit: number, total: number, isAscending: boolean): number[] {
  const count = Math.max(0, Math.min(limit, total - position));
  return Array.from({ length: count }, (_, at) => (isAscending ? total - 1 - position - at : position + at));
}

/** The UIDs of each, newest first, as many as are told. What is below the window stands alone, in the order of arrival. */
async function membersOf(selected: Selected, threads: Threads, places: readonly number[]): Promise<number[][]> {
  const { ends, below } = threads;
  const sequences = places.flatMap((place) => (place >= ends.length ? below - (place - ends.length) : []));
  const uids = new Map<number, number>();
  if (sequences.length > 0) {
    const range = `${Math.min(...sequences)}:${Math.max(...sequences)}`;
    for (const { seq, uid } of await fetchRows(selected.client, { range, isUid: false, items: [atom('UID')] }))
      if (uid !== null) uids.set(seq, uid);
  }
  return places.map((place) => {
    if (place < ends.length) return [...threadAt(threads, place).subarray(0, mostIds)];
    const uid = uids.get(below - (place - ends.length));
    return uid === undefined ? [] : [uid];
  });
}

async function readFlags({ client }: Selected, uids: readonly number[]): Promise<Map<number, string[]>> {
  const keywords = new Map<number, string[]>();
  const items = [atom('UID'), atom('FLAGS')];
  for (const range of formatUidSets(uids))
    for (const { uid, flags } of await fetchRows(client, { range, isUid: true, items }))
      if (uid !== null && flags) keywords.set(uid, keywordsOf(flags));
  return keywords;
}

/** The messages whose senders are told, newest first. */
const tellingOf = (uids: readonly number[]): readonly number[] =>
  uids.length <= firstSenders + lastSenders ? uids : [...uids.slice(0, lastSenders), ...uids.slice(-firstSenders)];

function summaryOfThread(
  selected: Selected,
  threads: Threads,
  uids: readonly number[],
  flags: ReadonlyMap<number, string[]>,
): MessageSummary | null {
  const { account, mailbox, uidValidity } = selected;
  const known = account.memory.factsOf(mailbox.path, uidValidity);
  const [newest = 0] = uids;
  const facts = known.get(newest);
  if (!facts) return null;
  const idOf = (uid: number) => imapMessageIdOf({ path: mailbox.path, uidValidity, uid });
  const summary = { ...summaryOf(mailbox.path, uidValidity, facts, []), keywords: flags.get(newest) ?? [] };
  if (uids.length === 1) return summary;
  const telling = tellingOf(uids).flatMap((uid) => known.get(uid) ?? []);
  const absent = countAbsent(telling);
  return {
    ...summary,
    threadId: idOf(uids.at(-1) ?? newest),
    thread: {
      count: uids.length < mostIds ? uids.length : threadAt(threads, indexOfThread(threads, newest)).length,
      ids: uids.map(idOf),
      unreadIds: uids.filter((uid) => !flags.get(uid)?.includes('$seen')).map(idOf),
      flaggedIds: uids.filter((uid) => flags.get(uid)?.includes('$flagged')).map(idOf),
      people: peopleOf(telling),
      ...(absent > 0 ? { absent } : {}),
    },
  };
}

/** Each sender once, the first to write first. */
function peopleOf(newestFirst: readonly Facts[]): EmailAddress[] {
  const people = new Map<string, EmailAddress>();
  for (const { from } of newestFirst.toReversed())
    for (const person of from.slice(0, 1)) {
      const key = (person.email || person.name || '').toLowerCase();
      if (!people.has(key)) people.set(key, person);
    }
  return [...people.values()];
}
