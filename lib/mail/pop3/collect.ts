import { LRUCache } from 'lru-cache';
import type { CollectOptions } from '../driver.ts';
import { asMailError, MailError, type MailErrorCode } from '../errors.ts';
import type { Pop3Account } from './account.ts';
import type { Copy } from './collection-store.ts';
import { reasonOf } from './connect.ts';
import { fetchMessages, isLeftOut } from './fetch-messages.ts';
import { moment, wasListedSince } from './kept-listing.ts';
import { listInbox } from './list-inbox.ts';
import type { Entry } from './listing.ts';
import { isMaildropWanted } from './lock.ts';
import { mayComeBack } from './login-delay.ts';
import { dueOf, markDue, TakenBack } from './remove-due.ts';
import { decideRemoval } from './retention.ts';
import { hasStranger } from './see-heads.ts';
import { maildropName, waitFor, withMaildrop } from './session.ts';
import type { Wire } from './wire.ts';

/** How far a collection is. `done` and `bytes` count what this one has kept, `total` what it will in all. */
export interface CollectionProgress {
  done: number;
  total: number;
  bytes: number;
  /** What the server listed and would not give. */
  refused: string[];
}

interface Collection {
  ended: Promise<CollectionProgress>;
  progress: CollectionProgress;
  stop: AbortController;
}

/** A session that collects may take long; silence is bounded by `limits.answerMs` all the same. */
const sessionMs = 4 * 3600 * 1000;

/** A LOGIN-DELAY (RFC 2449 §6.5) of so much is not waited for. */
const mostWaitMs = 3600 * 1000;

/** Headers looked at before a collection trusts unique-ids. */
const mostDue = 200;
const mostOthers = 20;
/** Whose unique-ids were looked at in the last ten minutes. */
const checkedLately = new LRUCache<string, true>({ max: 10_000, ttl: 600_000 });

/** On the process, not on this module: development reloads modules, and a maildrop is collected once at a time. */
const shared = globalThis as {
  posthornCollections?: Map<string, Collection>;
  posthornProblems?: Map<string, MailErrorCode>;
};
shared.posthornCollections ??= new Map();
shared.posthornProblems ??= new Map();
const running = shared.posthornCollections;
const problems = shared.posthornProblems;

/** What runs now, or why the last one of this process ended early. */
export function collectionOf(accountId: string): {
  progress: CollectionProgress | null;
  problem: MailErrorCode | null;
} {
  return { progress: running.get(accountId)?.progress ?? null, problem: problems.get(accountId) ?? null };
}

/** Ends the collection at once; what was kept by then stays, what was under way is taken anew. */
export const stopCollection = (accountId: string): void =>
  running.get(accountId)?.stop.abort(new MailError('cancelled', 'the collection was stopped'));

/**
 * Keeps here whole whatever the server has, newest first, then removes from the server what the rule names. Makes room
 * for other requests, and goes on after them. A second call joins the one under way. `isPatient`: where the server wants time
 * between sign-ins, and another request had this one, it waits for the next. Throws what a session can, and
 * `storageFull`; what was kept by then stays kept, and the next collection goes on from there.
 */
export function collectMessages(account: Pop3Account, options: CollectOptions = {}): Promise<CollectionProgress> {
  const { signal, isPatient = false } = options;
  const { accountId } = account;
  const existing = running.get(accountId);
  if (existing) return existing.ended.catch((error: unknown) => takeOver(account, existing, error, options));
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal ? reasonOf(signal) : undefined);
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  const progress: CollectionProgress = { done: 0, total: 0, bytes: 0, refused: [] };
  problems.delete(accountId);
  const ended = run(account, progress, { signal: stop.signal, isPatient })
    .catch((error: unknown) => {
      const { code } = asMailError(error);
      if (code !== 'cancelled') problems.set(accountId, code);
      throw error;
    })
    .finally(() => {
      running.delete(accountId);
      signal?.removeEventListener('abort', onAbort);
    });
  running.set(accountId, { ended, progress, stop });
  return ended;
}

/** One that ended with the sign-in it was begun by goes on under another that waits for it. */
function takeOver(
  account: Pop3Account,
  { stop }: Collection,
  error: unknown,
  options: CollectOptions,
): Promise<CollectionProgress> {
  const isCancelled = error instanceof MailError && error.code === 'cancelled';
  if (!isCancelled || stop.signal.aborted || account.access.closed.aborted) throw error;
  return collectMessages(account, options);
}

async function run(
  account: Pop3Account,
  progress: CollectionProgress,
  { signal, isPatient }: { signal: AbortSignal; isPatient: boolean },
): Promise<CollectionProgress> {
  for (let isFirst = true; ; isFirst = false) {
    const refused = progress.refused.length;
    try {
      if (await collectOnce(account, progress, signal, isFirst)) break;
    } catch (error) {
      const waitMs = isPatient ? turnOf(error) : null;
      if (waitMs !== null) await waitFor(waitMs, account.access, signal);
      // Wished back in the last moment: the session ended without QUIT, so all that was to go is decided anew.
      else if (!(error instanceof TakenBack) && !isLeftOut(error, refused, progress.refused.length)) throw error;
    }
  }
  await account.contents.sweep(account.accountId);
  return progress;
}

/** In how many ms the server lets us in again, where it wants time between sign-ins and the wait has an end. */
const turnOf = (error: unknown): number | null =>
  error instanceof MailError && error.code === 'throttled' && (error.retryAfterMs ?? mostWaitMs) < mostWaitMs
    ? (error.retryAfterMs ?? null)
    : null;

/** One session. Gives whether nothing is left to do. */
async function collectOnce(
  account: Pop3Account,
  progress: CollectionProgress,
  signal: AbortSignal,
  isFirst: boolean,
): Promise<boolean> {
  const { accountId, access, collection } = account;
  const cameAt = moment();
  let isDone = true;
  let removed: string[] = [];
  const unless = async () =>
    isFirst && wasListedSince(accountId, cameAt) && checkedLately.has(accountId) && (await isAllDone(account))
      ? true
      : undefined;
  const options = { signal, deadlineMs: sessionMs, commits: false, unless };
  await withMaildrop(access, options, async (wire): Promise<true> => {
    let isWhole = true;
    const onUnknown = () => {
      isWhole = false;
    };
    const listed = await listInbox(account, wire, { onUnknown });
    const entries =
      isFirst && (await isDoubtful(account, wire, listed))
        ? await listInbox(account, wire, { isDoubted: true, onUnknown })
        : listed;
    const copies = await collection.copiesOf(accountId, null);
    const missing = entries.filter(({ uidl }) => {
      const copy = copies.get(uidl);
      return copy?.content == null && copy?.deletedAtMs == null && !progress.refused.includes(uidl);
    });
    progress.total = progress.done + missing.length;
    const fresh = await fetchMessages(account, wire, {
      entries: missing,
      mayGoOn() {
        const name = maildropName(access);
        // Who may not come back before long does not make room.
        if (!signal.aborted && isMaildropWanted(name) && mayComeBack(name, access.limits.patienceMs)) isDone = false;
        return isDone && !signal.aborted;
      },
      onKept(sizeBytes) {
        progress.done += 1;
        progress.bytes += sizeBytes;
      },
      onRefused: (uidl) => progress.refused.push(uidl),
    });
    if (signal.aborted) throw reasonOf(signal);
    // Asked to make room at the very last one, there is nothing left to come back for.
    if (missing.every(({ uidl }) => fresh.has(uidl) || progress.refused.includes(uidl))) isDone = isWhole;
    removed = await markDue(account, wire, entries, fresh);
    options.commits = removed.length > 0;
    return true;
  });
  await collection.recordRemoved(accountId, removed);
  return isDone;
}

/**
 * Looks whether unique-ids still mean what they meant, by some headers: of what is to be removed, and of others by chance.
 * Sizes alone do not tell: other mail may have the same.
 */
async function isDoubtful(account: Pop3Account, wire: Wire, entries: Entry[]): Promise<boolean> {
  checkedLately.set(account.accountId, true);
  const due = (await dueOf(account, entries)).slice(0, mostDue).map(({ entry }) => entry);
  const others = entries.filter((entry) => !due.includes(entry));
  const some = Array.from({ length: Math.min(mostOthers, others.length) }, () => {
    const [taken] = others.splice(Math.floor(Math.random() * others.length), 1);
    return taken;
  });
  return await hasStranger(account, wire, [...due, ...some.filter((entry) => entry !== undefined)]);
}

/** Whether a collection would neither take nor remove anything of what the server listed last. */
async function isAllDone({ accountId, collection }: Pop3Account): Promise<boolean> {
  const [retention, copies] = await Promise.all([
    collection.retentionOf(accountId),
    collection.copiesOf(accountId, null),
  ]);
  const isDone = (copy: Copy) =>
    (copy.content !== null || copy.deletedAtMs !== null) && decideRemoval(retention, copy, Date.now()) !== 'remove';
  return [...copies.values()].every(isDone);
}
