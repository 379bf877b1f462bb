import { type Threads, threadAt } from './threads.ts';

/** A UID and the place of its conversation in one number, below 2^53: sorted and searched as numbers. */
const room = 2 ** 21;

/** Where each UID of some conversations is, by a search of halves. Sorting costs once for as long as they stand. */
const places = new WeakMap<Threads, Float64Array>();

function placesOf(threads: Threads): Float64Array {
  const known = places.get(threads);
  if (known) return known;
  const keys = new Float64Array(threads.uids.length);
  let at = 0;
  for (let index = 0; index < threads.ends.length; index += 1)
    for (const end = threads.ends[index] ?? 0; at < end; at += 1) keys[at] = (threads.uids[at] ?? 0) * room + index;
  keys.sort();
  places.set(threads, keys);
  return keys;
}

/** The place of the conversation of a UID, or -1. */
function placeIn(keys: Float64Array, uid: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? 0) < uid * room) low = middle + 1;
    else high = middle;
  }
  const key = keys[low] ?? -1;
  return key >= uid * room && key < (uid + 1) * room ? key - uid * room : -1;
}

/** What was grouped last of an order, as both are remembered: scrolling on costs nothing. */
const grouped = new WeakMap<Uint32Array, { threads: Threads; fronts: Uint32Array }>();

/** The first of each conversation in an order of UIDs; what is in none stands alone. */
export function groupOrder(order: Uint32Array, threads: Threads): Uint32Array {
  const known = grouped.get(order);
  if (known?.threads === threads) return known.fronts;
  const keys = placesOf(threads);
  const isTold = new Uint8Array(threads.ends.length);
  const fronts = order.filter((uid) => {
    const place = placeIn(keys, uid);
    if (place < 0) return true;
    const isFirst = isTold[place] === 0;
    isTold[place] = 1;
    return isFirst;
  });
  grouped.set(order, { threads, fronts });
  return fronts;
}

/** The UIDs of the conversation of a UID, newest first. */
export function threadOf(threads: Threads, uid: number): Uint32Array {
  const place = placeIn(placesOf(threads), uid);
  return place < 0 ? Uint32Array.of(uid) : threadAt(threads, place);
}
