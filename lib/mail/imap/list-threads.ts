import { countAbsent } from '../../text/absent-answers.ts';
import type { ListRequest } from '../driver.ts';
import { imapMessageIdOf } from '../ids.ts';
import type { EmailAddress, MessageSummary, Page } from '../model.ts';
import type { Facts } from './facts.ts';
import { fetchRows } from './fetch.ts';
import { groupOrder, threadOf } from './group-order.ts';
import { keywordsOf } from './keywords.ts';
import { threadsOf } from './known-threads.ts';
import { orderOf } from './order.ts';
import { learnFacts } from './read-window.ts';
import { stateOf } from './state.ts';
import { summaryOf } from './summary.ts';
import { countThreads, type Threads, threadAt } from './threads.ts';
import { formatUidSets } from './uid-set.ts';
import { atom } from './wire.ts';
import type { Selected } from './with-imap.ts';

/** Of a conversation, so many are told. */
const mostIds = 500;
/** The senders of so many of the oldest and the newest messages are told. */
const firstSenders = 2;
const lastSenders = 8;

/** A conversation in a list: the message that it stands there by, and all of its UIDs, newest first. */
interface Row {
  front: number;
  uids: readonly number[];
}

/**
 * A window of the mailbox in conversations: each by its newest message, in another order or a filter by the first that is
 * in it. By receivedAt the newest counts in both directions.
 */
export async function listThreads(selected: Selected, request: ListRequest): Promise<Page<MessageSummary>> {
  const { position, limit, sort, filter } = request;
  const isByDate = sort === undefined || sort.property === 'receivedAt';
  const isTurned = isByDate && sort?.isAscending === true;
  const order = await orderOf(selected, { filter, sort: isByDate ? undefined : sort });
  const threads = await threadsOf(selected);
  const fronts = order && groupOrder(order.uids, threads);
  const total = fronts ? fronts.length : countThreads(threads);
  const places = placesOf(position, limit, total, isTurned);
  const asked = fronts
    ? places.map((place) => rowOf(threads, fronts[place] ?? 0))
    : (await membersOf(selected, threads, places)).map((uids) => ({ front: uids[0] ?? 0, uids }));
  const { items, flags } = await readThreadRows(selected, threads, asked);
  const flagged = [...flags].map(([uid, keywords]) => ({ id: String(uid), keywords }));
  const state = `${stateOf(selected, flagged)}.${threads.version.toString(36)}`;
  // The filter only approximates: what has no attachment after all is not shown.
  const shown = order?.isPartial ? items.filter(({ hasAttachment }) => hasAttachment) : items;
  const isPartial = threads.below > 0 || order?.isPartial === true;
  return { position, total, state, items: shown, ...(isPartial ? { isPartial } : {}) };
}

/** The rows of conversations that are still there, with the flags of now. */
async function readThreadRows(selected: Selected, threads: Threads, asked: readonly Row[]) {
  const flags = await readFlags(
    selected,
    asked.flatMap(({ uids }) => uids),
  );
  const rows = asked.flatMap(({ front, uids }) => {
    const there = uids.filter((uid) => flags.has(uid));
    const [newest] = there;
    return newest === undefined ? [] : { front: flags.has(front) ? front : newest, uids: there };
  });
  await learnFacts(selected, [...new Set(rows.flatMap(({ front, uids }) => [front, ...tellingOf(uids)]))]);
  const items = rows.flatMap((row) => summaryOfThread(selected, threads, row, flags) ?? []);
  return { items, flags };
}

/** The conversations of some messages, each once and by the first of them; `told` are those that were given before. */
export async function readThreadsOf(
  selected: Selected,
  uids: readonly number[],
  told: Set<number>,
): Promise<MessageSummary[]> {
  const threads = await threadsOf(selected);
  const fresh = [...groupOrder(Uint32Array.from(uids), threads)].filter((uid) => {
    // By its oldest message, since a newer one may come meanwhile.
    const oldest = threadOf(threads, uid).at(-1) ?? uid;
    const isNew = !told.has(oldest);
    told.add(oldest);
    return isNew;
  });
  const { items } = await readThreadRows(
    selected,
    threads,
    fresh.map((uid) => rowOf(threads, uid)),
  );
  return items;
}

/** Of a long conversation the newest are told, and the one that it stands by. */
function rowOf(threads: Threads, front: number): Row {
  const told = [...threadOf(threads, front).subarray(0, mostIds)];
  return { front, uids: told.includes(front) ? told : [...told.slice(0, -1), front] };
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
  { front, uids }: Row,
  flags: ReadonlyMap<number, string[]>,
): MessageSummary | null {
  const { account, mailbox, uidValidity } = selected;
  const known = account.memory.factsOf(mailbox.path, uidValidity);
  const facts = known.get(front);
  if (!facts) return null;
  const idOf = (uid: number) => imapMessageIdOf({ path: mailbox.path, uidValidity, uid });
  const summary = { ...summaryOf(mailbox.path, uidValidity, facts, []), keywords: flags.get(front) ?? [] };
  if (uids.length === 1) return summary;
  const telling = tellingOf(uids).flatMap((uid) => known.get(uid) ?? []);
  const absent = countAbsent(telling);
  return {
    ...summary,
    threadId: idOf(uids.at(-1) ?? front),
    thread: {
      count: uids.length < mostIds ? uids.length : threadOf(threads, front).length,
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
