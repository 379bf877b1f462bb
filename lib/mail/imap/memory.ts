import { LRUCache } from 'lru-cache';
import type { Facts } from './facts.ts';
import type { Structure } from './structure.ts';
import type { ThreadHead } from './thread-tree.ts';
import type { Threads } from './threads.ts';

/** What a signed-in session remembers of immutable things, in this process only, bounded, gone with the session. */
export interface Memory {
  /** The facts of one life of a mailbox by UID; another UIDVALIDITY forgets the earlier ones. */
  factsOf(path: string, uidValidity: number): LRUCache<number, Facts>;
  /** The tree that was too large for `factsOf` and was asked for last, for a minute: whoever takes all of its parts asks for it at each. */
  largeTrees: LRUCache<string, Structure>;
  /** Results of sorting and searching, by mailbox, life, state and question. */
  orders: LRUCache<string, Uint32Array>;
  /** The conversations of a mailbox as they were told last, by its path. */
  threads: LRUCache<string, Threads>;
  /** What the newest messages answer, by UID, where the server joins no conversations; of one mailbox. */
  headsOf(path: string, uidValidity: number): Map<number, ThreadHead>;
  forget(path: string): void;
  /** How many rows are remembered. */
  size(): number;
  clear(): void;
}

const factsPerMailbox = 4000;
const mailboxes = 12;
const largeTreeMs = 60_000;
/** UIDs kept in orders, 4 bytes each. */
const orderedUids = 400_000;

export function createMemory(): Memory {
  const lives = new LRUCache<string, { uidValidity: number; facts: LRUCache<number, Facts> }>({ max: mailboxes });
  const orders = new LRUCache<string, Uint32Array>({
    maxSize: orderedUids,
    sizeCalculation: (uids) => uids.length + 1,
  });
  const threads = new LRUCache<string, Threads>({
    maxSize: orderedUids,
    sizeCalculation: ({ uids, ends }) => uids.length + ends.length + 1,
  });
  const largeTrees = new LRUCache<string, Structure>({ max: 1, ttl: largeTreeMs, ttlAutopurge: true });
  let heads = { life: '', byUid: new Map<number, ThreadHead>() };
  return {
    largeTrees,
    orders,
    threads,
    headsOf(path, uidValidity) {
      const life = `${uidValidity} ${path}`;
      if (heads.life !== life) heads = { life, byUid: new Map() };
      return heads.byUid;
    },
    factsOf(path, uidValidity) {
      const life = lives.get(path);
      if (life?.uidValidity === uidValidity) return life.facts;
      const facts = new LRUCache<number, Facts>({ max: factsPerMailbox });
      lives.set(path, { uidValidity, facts });
      return facts;
    },
    forget(path) {
      lives.delete(path);
      threads.delete(path);
    },
    size: () => [...lives.values()].reduce((sum, { facts }) => sum + facts.size, 0),
    clear() {
      lives.clear();
      largeTrees.clear();
      orders.clear();
      threads.clear();
      heads = { life: '', byUid: new Map() };
    },
  };
}
