import type { Groups } from './thread-uids.ts';

/** The conversations of a mailbox, the one with the newest message first, in each the newest message first. */
export interface Threads extends Groups {
  uidValidity: number;
  /** Messages older than those that were looked at, each alone; by sequence number they are 1 to so many. */
  below: number;
  /** Counts what turned out other than it was told, without a change of the mailbox. */
  version: number;
}

export const countThreads = ({ ends, below }: Threads): number => ends.length + below;
export const lastUidOf = ({ uids }: Groups): number => uids[0] ?? 0;

/** The UIDs of a conversation, newest first. */
export const threadAt = ({ uids, ends }: Groups, index: number): Uint32Array =>
  uids.subarray(index === 0 ? 0 : ends[index - 1], ends[index]);

/** The conversation that a UID is in, or -1. */
export function indexOfThread({ uids, ends }: Groups, uid: number): number {
  const at = uids.indexOf(uid);
  if (at < 0) return -1;
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Groups in the order of a list. By UID, as a mailbox is in the order of arrival. */
export function inOrder(groups: Groups): Groups {
  const { uids, ends } = groups;
  // The newest UID and the place in one number, below 2^53: sorted as numbers, without a function for each comparison.
  const keys = new Float64Array(ends.length);
  const room = 2 ** 21;
  for (let index = 0; index < ends.length; index += 1) {
    const members = threadAt(groups, index);
    descend(members);
    keys[index] = (members[0] ?? 0) * room + index;
  }
  keys.sort();
  const ordered = { uids: new Uint32Array(uids.length), ends: new Uint32Array(ends.length) };
  let count = 0;
  for (let to = 0; to < keys.length; to += 1) {
    const members = threadAt(groups, (keys[keys.length - 1 - to] ?? 0) % room);
    ordered.uids.set(members, count);
    count += members.length;
    ordered.ends[to] = count;
  }
  return ordered;
}

function descend(members: Uint32Array): void {
  if (members.length > 16) members.sort().reverse();
  // Most have one or two: inserting costs less than a call.
  else
    for (let at = 1; at < members.length; at += 1) {
      const uid = members[at] ?? 0;
      let to = at;
      for (; to > 0 && (members[to - 1] ?? 0) < uid; to -= 1) members[to] = members[to - 1] ?? 0;
      members[to] = uid;
    }
}

/** A message that came in, and one of those that it stands with; null: it begins a conversation. */
export interface Arrival {
  uid: number;
  beside: number | null;
}

/** The same with new messages, each with a greater UID than all before. Costs the copying. */
export function withArrivals(groups: Groups, arrivals: readonly Arrival[]): Groups {
  const front: number[][] = [];
  const taken = new Set<number>();
  for (const { uid, beside } of arrivals) {
    const known = front.find((members) => beside !== null && members.includes(beside));
    const index = beside === null || known ? -1 : indexOfThread(groups, beside);
    if (known) known.unshift(uid);
    else front.push(index < 0 ? [uid] : [uid, ...threadAt(groups, index)]);
    if (index >= 0) taken.add(index);
  }
  front.sort(([a = 0], [b = 0]) => b - a);
  const uids = new Uint32Array(groups.uids.length + arrivals.length);
  const ends = new Uint32Array(groups.ends.length - taken.size + front.length);
  let count = 0;
  let to = 0;
  const put = (members: ArrayLike<number>) => {
    uids.set(members, count);
    count += members.length;
    ends[to] = count;
    to += 1;
  };
  for (const members of front) put(members);
  for (let index = 0; index < groups.ends.length; index += 1) if (!taken.has(index)) put(threadAt(groups, index));
  return { uids, ends };
}

/** The same without the messages that have gone. */
export function withoutGone(groups: Groups, isThere: (uid: number) => boolean): Groups {
  const uids = groups.uids.filter(isThere);
  const ends: number[] = [];
  let count = 0;
  for (let index = 0; index < groups.ends.length; index += 1) {
    const before = count;
    for (const uid of threadAt(groups, index)) if (isThere(uid)) count += 1;
    if (count > before) ends.push(count);
  }
  return inOrder({ uids, ends: Uint32Array.from(ends) });
}

/** Whether the same messages stand together. */
export const isSameThreads = (a: Groups, b: Groups): boolean =>
  isSameNumbers(a.uids, b.uids) && isSameNumbers(a.ends, b.ends);

const isSameNumbers = (a: Uint32Array, b: Uint32Array): boolean =>
  a.length === b.length && Buffer.compare(bytesOf(a), bytesOf(b)) === 0;

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array) => Buffer.from(buffer, byteOffset, byteLength);
