import type { CallOptions } from '../driver.ts';
import { asMailError } from '../errors.ts';
import { parseImapMessageId, parseMailboxId } from '../ids.ts';
import type { Mailbox, MessageSummary, Relatives } from '../model.ts';
import { lineOf } from './connect.ts';
import { threadsOf } from './known-threads.ts';
import { sameLife } from './life.ts';
import { listMailboxes } from './mailboxes.ts';
import { referencesOf } from './place-arrivals.ts';
import { limitOf } from './pool-limits.ts';
import type { Account } from './pool-types.ts';
import { learnFacts, readWindow } from './read-window.ts';
import { type Kin, relativeKeys } from './relative-keys.ts';
import { searchUids } from './search-uids.ts';
import { summaryOf } from './summary.ts';
import { indexOfThread, threadAt } from './threads.ts';
import { sequence, type Token } from './wire.ts';
import { type ImapRequest, refresh, type Selected, withImap } from './with-imap.ts';

/** Two connections at most, so that reading goes on beside it. */
const maxLanes = 2;
/** No mailbox is begun after so long, and what is under way ends after twice as long. */
const patienceMs = { usual: 2_500, patient: 15_000 };
/** Of a conversation, the oldest and the newest messages are asked about. */
const firstKin = 2;
const lastKin = 18;
const mostOfMailbox = 50;
const mostTold = 200;
/** Of a large mailbox the newest first, in steps between which the time is looked at. */
const firstWindow = 4_000;
const maxWindow = 16_000;

/**
 * What names the messages of a conversation or is named by them in the other mailboxes: one SEARCH of their ids (RFC 9051
 * §6.4.4) in Sent, Archive and Inbox, then in what else is subscribed to, while there is time. Throws `stale` or `notFound`.
 */
export async function findRelatives(
  account: Account,
  { id, isPatient = false }: { id: string; isPatient?: boolean },
  { signal }: CallOptions = {},
): Promise<Relatives> {
  const budgetMs = isPatient ? patienceMs.patient : patienceMs.usual;
  const until = Date.now() + budgetMs;
  const { path } = parseImapMessageId(id);
  const kin = await kinOf(account, id, signal);
  const keys = relativeKeys(kin);
  if (keys === null) return { items: [], notLookedAt: [] };
  const mailboxes = await whereToLook(account, path, signal);
  const late = AbortSignal.timeout(budgetMs * 2);
  const found = new Map<Mailbox, Found[]>();
  const notLookedAt: string[] = [];
  const left = [...mailboxes];
  const lane = async () => {
    for (let mailbox = left.shift(); mailbox; mailbox = left.shift()) {
      const mayGoOn = () => Date.now() < until;
      const look = mayGoOn()
        ? await lookIn(account, mailbox, { keys, mayGoOn, signal: signal ? AbortSignal.any([signal, late]) : late })
        : { items: [], isWhole: false };
      found.set(mailbox, look.items);
      if (!look.isWhole) notLookedAt.push(mailbox.id);
    }
  };
  const lanes = Math.max(1, Math.min(maxLanes, limitOf(account) - 2, mailboxes.length));
  await Promise.all(Array.from({ length: lanes }, lane));
  return {
    items: onceEach(
      kin,
      mailboxes.map((mailbox) => found.get(mailbox) ?? []),
    ),
    notLookedAt,
  };
}

interface Found {
  messageId: string | null;
  summary: MessageSummary;
}

/** In two steps, between which whoever opens another message of this mailbox has the connection. */
async function kinOf(account: Account, id: string, signal: AbortSignal | undefined): Promise<Kin[]> {
  const ref = parseImapMessageId(id);
  const request: ImapRequest = { mailbox: ref.path, mode: 'read', signal };
  const oldestFirst = await withImap(account, request, async (selected) => {
    sameLife(selected, ref);
    await refresh(selected);
    const threads = await threadsOf(selected);
    const index = indexOfThread(threads, ref.uid);
    return index < 0 ? [ref.uid] : [...threadAt(threads, index)].reverse();
  });
  return await withImap(account, request, async (selected) => {
    sameLife(selected, ref);
    const first = oldestFirst.slice(0, firstKin);
    const uids = [...new Set([...first, ...oldestFirst.slice(-lastKin)])];
    await learnFacts(selected, oldestFirst.slice(-mostTold));
    const references = await referencesOf(selected, uids);
    const known = account.memory.factsOf(ref.path, selected.uidValidity);
    return oldestFirst.flatMap((uid) => {
      const facts = known.get(uid);
      return facts ? { ...facts, references: references.get(uid) ?? [] } : [];
    });
  });
}

const firstRoles: readonly Mailbox['role'][] = ['sent', 'archive', 'inbox'];
const leftOut: readonly Mailbox['role'][] = ['trash', 'junk', 'drafts', 'flagged', 'important'];

/** Views of other mailboxes' mail would tell all of it again; what holds all mail comes last. */
async function whereToLook(account: Account, path: string, signal: AbortSignal | undefined): Promise<Mailbox[]> {
  const all = await listMailboxes(account, { counts: false }, signal ? { signal } : {});
  const rank = ({ role }: Mailbox) =>
    role === 'all' ? 4 : firstRoles.includes(role) ? firstRoles.indexOf(role) : firstRoles.length;
  return all
    .filter(({ id, role, isSelectable, isSubscribed }) => {
      const isMeant = role === null ? isSubscribed : !leftOut.includes(role);
      return isSelectable && isMeant && parseMailboxId(id) !== path;
    })
    .sort((a, b) => rank(a) - rank(b));
}

/**
 * Each step borrows a connection anew: who opens a message is not behind a whole mailbox. Never throws but what is over for
 * all: a mailbox that cannot be opened is one that was not looked at.
 */
async function lookIn(
  account: Account,
  mailbox: Mailbox,
  { keys, mayGoOn, signal }: { keys: Token[]; mayGoOn: () => boolean; signal: AbortSignal },
): Promise<{ items: Found[]; isWhole: boolean }> {
  const items: Found[] = [];
  try {
    const request: ImapRequest = { mailbox: parseMailboxId(mailbox.id), mode: 'read', signal };
    let last = Number.POSITIVE_INFINITY;
    for (let size = firstWindow; last > 0; size = Math.min(size * 2, maxWindow)) {
      if (Number.isFinite(last) && !mayGoOn()) return { items, isWhole: false };
      await withImap(account, request, async (selected) => {
        await refresh(selected);
        const { exists } = selected.mailbox;
        // What others expunge moves what is left down: it is met twice rather than missed.
        last = Math.min(last, exists);
        const first = Math.max(1, last - size + 1);
        const within = first === 1 && last === exists ? keys : [sequence(`${first}:${last}`), ...keys];
        if (last > 0) items.push(...(await summariesOf(selected, await searchUids(selected.client, within))));
        last = first - 1;
      });
    }
    return { items, isWhole: true };
  } catch (error) {
    const failure = asMailError(error);
    const { code } = failure;
    if (code === 'unauthenticated' || (code === 'cancelled' && !signal.aborted)) throw error;
    account.log?.({ level: 'debug', msg: 'not looked through for a conversation', error: lineOf(failure) });
    return { items, isWhole: false };
  }
}

async function summariesOf(selected: Selected, uids: readonly number[]): Promise<Found[]> {
  if (uids.length === 0) return [];
  const { mailbox, uidValidity } = selected;
  const read = await readWindow(selected, uids.slice(-mostOfMailbox).join(','), true);
  return read.map(({ facts, row }) => ({
    messageId: facts.messageId,
    summary: summaryOf(mailbox.path, uidValidity, facts, row.flags ?? []),
  }));
}

/** Without the copies of what is in the conversation's own mailbox, or in a mailbox that came before. */
function onceEach(kin: readonly Kin[], byMailbox: readonly (readonly Found[])[]): MessageSummary[] {
  const told = new Set(kin.flatMap(({ messageId }) => messageId ?? []));
  const items: MessageSummary[] = [];
  for (const some of byMailbox) {
    for (const { messageId, summary } of some) if (messageId === null || !told.has(messageId)) items.push(summary);
    for (const { messageId } of some) if (messageId !== null) told.add(messageId);
  }
  items.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
  return items.slice(-mostTold);
}
