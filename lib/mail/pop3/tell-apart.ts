import { LRUCache } from 'lru-cache';
import type { Pop3Account } from './account.ts';
import type { Head } from './head.ts';
import { digestOf } from './identify.ts';
import type { Entry } from './listing.ts';
import type { Doubt, TellApart } from './maildrop.ts';
import { isSameMessage } from './same-message.ts';
import { isOther, type Seen, seeHeads } from './see-heads.ts';
import type { Wire } from './wire.ts';

/** Asked in one breath, and so many at one listing; the rest at the next. */
const batchSize = 50;
const mostAsked = 1_000;
const mostMs = 5_000;
/** Without TOP each is a whole message. */
const mostWhole = 20;

/** A message whose size has changed so often for nothing is not asked about its size any more. */
const mostAlarms = 2;
const falseAlarms = new LRUCache<string, number>({ max: 100_000 });

/**
 * Who the messages in doubt are, by their headers. Another message under a known unique-id is looked for among those known
 * under other ones (a server that numbers anew), else it gets a name of its own: its unique-id and a digest, as messages
 * that share one have. Where one was given anew, none is trusted: all others are looked at too. `unknown` are those of which it
 * could not be asked yet who they are, and that nobody was known as.
 */
export function tellApartBy(
  account: Pop3Account,
  wire: Wire,
  entries: Entry[],
): { tellApart: TellApart; unknown: ReadonlySet<string> } {
  const { accountId, store } = account;
  const byUidl = new Map(entries.map((entry) => [entry.uidl, entry]));
  const unknown = new Set<string>();
  const tellApart: TellApart = async (doubts, sure) => {
    const until = Date.now() + mostMs;
    const strangers = new Map<string, Seen>();
    const claimed = new Set<string>();
    const unsettled = new Set<string>();
    const look = async (some: Doubt[]) => {
      // Without TOP each message would be taken twice, to see whether it had another unique-id before.
      const isQuiet = ({ uidl, known, isTaken, isResized }: Doubt) =>
        isResized ? alarmsOf(accountId, uidl) >= mostAlarms : known === null && !isTaken && !account.server.hasTop;
      const quiet = some.filter(isQuiet);
      const asked = some.filter((doubt) => !quiet.includes(doubt));
      const known = await store.headersOf(
        accountId,
        asked.flatMap((doubt) => doubt.known ?? []),
      );
      for (let at = 0; at < asked.length; at += batchSize) {
        const batch = asked.slice(at, at + batchSize);
        const most = account.server.hasTop ? mostAsked : mostWhole;
        const seen =
          at >= most || Date.now() > until
            ? null
            : await seeHeads(
                account,
                wire,
                batch.map(({ uidl }) => byUidl.get(uidl)),
              );
        for (const [index, doubt] of batch.entries()) {
          const now = seen?.[index] ?? null;
          const before = doubt.known === null ? undefined : known.get(doubt.known);
          if (seen === null) unsettled.add(doubt.uidl);
          if (seen === null && doubt.known === null) unknown.add(doubt.uidl);
          if (seen === null) continue;
          if (now && (doubt.known === null || (before && isOther(now, before)))) strangers.set(doubt.uidl, now);
          else if (doubt.isResized) noteAlarm(accountId, doubt.uidl);
        }
      }
      for (const { uidl, known: name } of some) if (name !== null && !strangers.has(uidl)) claimed.add(name);
    };
    await look(doubts);
    const isProven = doubts.some(({ uidl, known }) => known !== null && strangers.has(uidl));
    if (isProven) await look(sure);
    else for (const { known } of sure) if (known !== null) claimed.add(known);
    const names = new Map<string, string>();
    const free = new Set(doubts.flatMap(({ uidl, known, isTaken }) => (known === null && !isTaken ? [uidl] : [])));
    for (const [uidl, { head, header }] of strangers) {
      const alike = [...(await store.findAlike(accountId, header))];
      const found = alike.find(([name, before]) => !claimed.has(name) && isSameMessage(header, before));
      const name = found?.[0] ?? (free.has(uidl) ? uidl : freshName(uidl, head, claimed));
      claimed.add(name);
      names.set(uidl, name);
    }
    return { names, unsettled, unknown };
  };
  return { tellApart, unknown };
}

/** The unique-id, a digest of the header, and a number where there is a copy. */
function freshName(uidl: string, { bytes }: Head, claimed: ReadonlySet<string>): string {
  const name = `${uidl.split(' ', 1)[0]} ${digestOf(bytes)}`;
  for (let copy = 2, next = name; ; next = `${name} ${copy++}`) if (!claimed.has(next)) return next;
}

const alarmsOf = (accountId: string, uidl: string): number => falseAlarms.get(`${accountId}\n${uidl}`) ?? 0;
const noteAlarm = (accountId: string, uidl: string): void =>
  void falseAlarms.set(`${accountId}\n${uidl}`, alarmsOf(accountId, uidl) + 1);
