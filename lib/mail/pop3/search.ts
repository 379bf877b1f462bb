import { createChannel } from '../channel.ts';
import type { CallOptions } from '../driver.ts';
import { asMailError, MailError } from '../errors.ts';
import type { SearchEvent } from '../model.ts';
import type { Query } from '../query.ts';
import type { Pop3Account } from './account.ts';
import { type Held, readContents, readHeaders } from './contents.ts';
import { inboxId, inboxKey } from './inbox.ts';
import { isMaildropWanted } from './lock.ts';
import { findLocal } from './mailboxes.ts';
import { matches } from './match.ts';
import { isPassing } from './refresh.ts';
import { type Place, searchHere } from './search-here.ts';
import { maildropName, withMaildrop } from './session.ts';
import { translateSummary } from './summarise.ts';
import { readText } from './text.ts';
import type { Wire } from './wire.ts';

/** Headers are looked through in steps of so many, each with its hits and its progress. */
const stepSize = 100;

/**
 * Searches one mailbox or all, newest first. What the server lists in the Inbox: headers from the store (TOP for new ones), then, where only the text decides, each
 * message by RETR. Hits come as they are found. Ending the iteration closes the session without QUIT.
 */
export async function* searchMessages(
  account: Pop3Account,
  request: { query: Query; mailboxId?: string },
  options: CallOptions = {},
): AsyncGenerator<SearchEvent> {
  const places = await placesOf(account, request.mailboxId);
  const ending = new AbortController();
  const stop = () => ending.abort(new MailError('cancelled', 'the search was stopped'));
  options.signal?.addEventListener('abort', stop);
  if (options.signal?.aborted) stop();
  const channel = createChannel<SearchEvent>();
  const searching = runSearch(account, request.query, places, ending.signal, channel.push).then(
    () => channel.end(),
    channel.end,
  );
  try {
    yield* channel.items();
  } finally {
    stop();
    options.signal?.removeEventListener('abort', stop);
    await searching;
  }
}

/** What is known of a search that may take several sessions. */
interface Progress {
  total: number;
  hits: number;
  /** By unique-id: numbers are those of one session only. */
  decided: Set<string>;
}

async function runSearch(
  account: Pop3Account,
  query: Query,
  places: Place[],
  signal: AbortSignal,
  tell: (event: SearchEvent) => void,
): Promise<void> {
  let total = 0;
  for (const place of places) {
    if (place.mailboxKey === inboxKey) total += await searchServer(account, query, signal, tell);
    total += await searchHere(account, place, query, signal, tell);
  }
  tell({ type: 'done', total });
}

/** The mailbox asked for, or all: Junk and Trash last. */
async function placesOf(account: Pop3Account, mailboxId: string | undefined): Promise<Place[]> {
  const inbox = { mailboxKey: inboxKey, name: 'Inbox' };
  if (mailboxId === inboxId) return [inbox];
  if (mailboxId !== undefined) {
    const { key, name } = await findLocal(account, mailboxId);
    return [{ mailboxKey: key, name }];
  }
  const local = await account.mailboxes.list(account.accountId);
  const isLast = (role: string | null) => role === 'junk' || role === 'trash';
  const inOrder = [...local.filter(({ role }) => !isLast(role)), ...local.filter(({ role }) => isLast(role))];
  return [inbox, ...inOrder.map(({ key, name }) => ({ mailboxKey: key, name }))];
}

/** Gives how many were found of what the server lists in the Inbox. */
async function searchServer(
  account: Pop3Account,
  query: Query,
  signal: AbortSignal,
  tell: (event: SearchEvent) => void,
): Promise<number> {
  const progress: Progress = { total: 0, hits: 0, decided: new Set() };
  const isWanted = () => isMaildropWanted(maildropName(account.access));
  const deadline = Date.now() + account.access.limits.searchMs;
  try {
    for (let isDone = false; !isDone; ) {
      const deadlineMs = Math.max(1, deadline - Date.now());
      isDone = await withMaildrop(account.access, { signal, deadlineMs }, (wire) =>
        searchSession(account, wire, query, progress, tell, isWanted),
      );
    }
  } catch (error) {
    // What was found stands, and what is here is looked through all the same; a refused secret is the person's to see.
    if (signal.aborted || (progress.total === 0 && !(await isPassing(account, error)))) throw error;
    tell({ type: 'incomplete', mailboxId: inboxId, code: asMailError(error).code });
  }
  return progress.hits;
}

/** False: left early because another request waits for the maildrop; the rest wants a session more. */
async function searchSession(
  account: Pop3Account,
  wire: Wire,
  query: Query,
  progress: Progress,
  tell: (event: SearchEvent) => void,
  isWanted: () => boolean,
): Promise<boolean> {
  const contents = await readContents(account, wire);
  progress.total = contents.length;
  const report = (found: Held[], decided: Held[]) => {
    for (const { entry } of decided) progress.decided.add(entry.uidl);
    progress.hits += found.length;
    const items = found.map(({ row }) => translateSummary(row));
    if (items.length > 0) tell({ type: 'hits', mailboxId: inboxId, items });
    const done = Math.min(progress.decided.size, progress.total);
    tell({ type: 'progress', mailboxId: inboxId, done, total: progress.total });
  };
  const waiting = contents.filter(({ entry }) => !progress.decided.has(entry.uidl));
  const undecided: Held[] = [];
  for (let at = 0; at < waiting.length; at += stepSize) {
    const step = waiting.slice(at, at + stepSize);
    await readHeaders(account, wire, step);
    const answers = step.map((held) => matches(query, held, null));
    undecided.push(...step.filter((_, index) => answers[index] === null));
    report(
      step.filter((_, index) => answers[index] === true),
      step.filter((_, index) => answers[index] !== null),
    );
    if (isWanted() && at + stepSize < waiting.length) return false;
  }
  for (const [index, held] of undecided.entries()) {
    const isHit = matches(query, held, await readTextOf(account, wire, held)) === true;
    report(isHit ? [held] : [], [held]);
    if (isWanted() && index + 1 < undecided.length) return false;
  }
  return true;
}

/** A message that the server refuses has no text to find anything in. */
async function readTextOf(account: Pop3Account, wire: Wire, held: Held): Promise<string> {
  try {
    return await readText(account, wire, held);
  } catch (error) {
    if (error instanceof MailError && error.code === 'notFound') return '';
    throw error;
  }
}
