/** Well below the 64 KiB line that servers take. */
const maxLength = 8000;

/** UIDs as sequence sets (RFC 9051 §9), runs as ranges, none longer than a command line may be. */
export function formatUidSets(uids: Iterable<number>): string[] {
  const sorted = [...new Set(uids)].sort((a, b) => a - b);
  const sets: string[] = [];
  let current = '';
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    const span = end === at ? `${sorted[at]}` : `${sorted[at]}:${sorted[end]}`;
    if (current.length + span.length >= maxLength) {
      sets.push(current);
      current = '';
    }
    current += current === '' ? span : `,${span}`;
    at = end + 1;
  }
  if (current !== '') sets.push(current);
  return sets;
}

/** The numbers of a sequence set that a server sent, in its order, at most `max`; `*` and nonsense are left out. */
export function parseUidSet(set: string, max: number): number[] {
  const uids: number[] = [];
  for (const [first, last] of spansOf(set)) {
    const step = first <= last ? 1 : -1;
    for (let uid = first; uids.length < max; uid += step) {
      uids.push(uid);
      if (uid === last) break;
    }
  }
  return uids;
}

/** How many numbers a sequence set names, without walking it: nine bytes may name four billion. */
export function countUidSet(set: string): number {
  let count = 0;
  for (const [first, last] of spansOf(set)) count += Math.abs(last - first) + 1;
  return count;
}

function* spansOf(set: string): Generator<[number, number]> {
  for (const span of set.split(',')) {
    const match = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(span);
    if (match) yield [Number(match[1]), Number(match[2] ?? match[1])];
  }
}
