import type { ImapFlow } from 'imapflow';
import { MailError } from '../errors.ts';
import { atom, execute, failConnection } from './wire.ts';

/** UIDs conversation by conversation: those of the first, then those of the next; `ends` tells where each ends. */
export interface Groups {
  uids: Uint32Array;
  ends: Uint32Array;
}

/** So many may be named of any mailbox, at most twice as many of one that says it holds more, and never more than a million. */
const manyUids = 200_000;
const maxUids = 1_000_000;
const maxLines = 1_000;
const threadMs = 120_000;

/**
 * How this server joins: REFS (draft-ietf-morg-inthread) takes those that name one another, REFERENCES (RFC 5256 §3) also
 * all of one subject, as the same report of every day. Null where it does not.
 */
export function algorithmOf({ capabilities }: ImapFlow): 'REFS' | 'REFERENCES' | null {
  if (capabilities.has('THREAD=REFS')) return 'REFS';
  return capabilities.has('THREAD=REFERENCES') ? 'REFERENCES' : null;
}

/** UID THREAD (RFC 5256): who stands with whom. Throws `tooLarge` where a server names more than there is. */
export async function threadUids(client: ImapFlow): Promise<Groups> {
  const exists = client.mailbox ? client.mailbox.exists : 0;
  const most = Math.min(Math.max(manyUids, exists * 2), maxUids);
  const reader = createThreadReader(most);
  let lines = 0;
  await execute(client, {
    name: 'UID THREAD',
    attributes: [atom(algorithmOf(client) ?? 'REFERENCES'), atom('UTF-8'), atom('ALL')],
    deadlineMs: threadMs,
    lines: {
      THREAD(line) {
        lines += 1;
        if (lines <= maxLines && reader.read(line)) return;
        failConnection(client, new MailError('tooLarge', 'the server names more messages than a mailbox holds'));
      },
    },
  });
  return reader.groups();
}

const [space, open, close, zero, nine] = [0x20, 0x28, 0x29, 0x30, 0x39];

/**
 * Reads answers of THREAD byte by byte: who stands below whom does not matter here, so depth costs nothing. What is none
 * is passed over; a UID that comes again counts once. `read` gives false where more than `most` are named.
 */
export function createThreadReader(most: number): { read(line: Buffer): boolean; groups(): Groups } {
  let uids = new Uint32Array(4_096);
  let count = 0;
  const ends: number[] = [];
  let largest = 0;
  const put = (uid: number) => {
    if (count === uids.length) {
      const larger = new Uint32Array(uids.length * 2);
      larger.set(uids);
      uids = larger;
    }
    uids[count] = uid;
    count += 1;
    if (uid > largest) largest = uid;
  };
  return {
    read(line) {
      let depth = 0;
      let uid = 0;
      for (let at = 0; at <= line.length; at += 1) {
        const byte = line[at] ?? space;
        if (byte >= zero && byte <= nine) {
          // Past 2^32 it is no UID; kept where doubles are exact.
          if (depth > 0) uid = Math.min(uid * 10 + byte - zero, 0x1_0000_0000);
          continue;
        }
        if (uid > 0 && uid < 0x1_0000_0000) put(uid);
        uid = 0;
        if (count > most) return false;
        if (byte === open) depth += 1;
        else if (byte === close && depth > 0) {
          depth -= 1;
          if (depth === 0 && count > (ends.at(-1) ?? 0)) ends.push(count);
        }
      }
      if (count > (ends.at(-1) ?? 0)) ends.push(count);
      return true;
    },
    groups: () => onceEach(uids.subarray(0, count), ends, largest),
  };
}

/** A bit for each UID where they are dense, else a set. */
function onceEach(uids: Uint32Array, ends: readonly number[], largest: number): Groups {
  const isDense = largest < 64 * 1024 * 1024;
  const bits = isDense ? new Uint8Array((largest >> 3) + 1) : null;
  const set = new Set<number>();
  const isNew = (uid: number): boolean => {
    if (bits === null) return set.size !== set.add(uid).size;
    const bit = 1 << (uid & 7);
    const byte = bits[uid >> 3] ?? 0;
    bits[uid >> 3] = byte | bit;
    return (byte & bit) === 0;
  };
  const kept = new Uint32Array(uids.length);
  const keptEnds = new Uint32Array(ends.length);
  let count = 0;
  let groups = 0;
  let at = 0;
  for (const end of ends) {
    const before = count;
    for (; at < end; at += 1) {
      const uid = uids[at] ?? 0;
      if (!isNew(uid)) continue;
      kept[count] = uid;
      count += 1;
    }
    if (count === before) continue;
    keptEnds[groups] = count;
    groups += 1;
  }
  return { uids: kept.slice(0, count), ends: keptEnds.slice(0, groups) };
}
