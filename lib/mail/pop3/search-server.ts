import { asMailError } from '../errors.ts';
import { fetchMessages, isLeftOut } from './fetch-messages.ts';
import { inboxId } from './inbox.ts';
import { wasJustListed } from './kept-listing.ts';
import { listInbox } from './list-inbox.ts';
import type { Entry } from './listing.ts';
import { isMaildropWanted } from './lock.ts';
import { readHeaders } from './read-headers.ts';
import { isPassing } from './refresh.ts';
import { refusedLately } from './refusals.ts';
import { maildropName, withMaildrop } from './session.ts';
import { hasEnough, type Scope, type Search, tellMatches } from './tell-matches.ts';
import type { Wire } from './wire.ts';

/** Headers are looked through in steps of so many, each with its hits. */
const stepSize = 100;
/** What one session of a search looks for; more than a person waits for. */
const maxUndecided = 100_000;
/** RETR under way at once where the server pipelines; elsewhere one, so that others get their turn soon. */
const ahead = 16;

/**
 * Searches what only the server knows: mail that came since it was last asked, and texts that are not kept here. What is
 * taken for that is kept, so that no search takes it again. Where everything is known, opens no session.
 */
export async function searchServer(search: Search, inbox: Scope): Promise<void> {
  const { account, channel, signal } = search;
  const { accountId, access } = account;
  if (hasEnough(search) || (wasJustListed(accountId) && (await isAllKnown(search, inbox)))) return;
  // Asked at each search, they would cost a session each time a letter is typed.
  const refused = refusedLately(accountId);
  const deadline = Date.now() + access.limits.searchMs;
  try {
    for (let isDone = false; !isDone; ) {
      const deadlineMs = Math.max(1, deadline - Date.now());
      const before = refused.size;
      try {
        isDone = await withMaildrop(access, { signal, deadlineMs }, (wire) =>
          searchSession(search, inbox, wire, refused),
        );
      } catch (error) {
        if (!isLeftOut(error, before, refused.size)) throw error;
      }
    }
  } catch (error) {
    // What was found stands; a refused secret is the person's to see.
    const { code } = asMailError(error);
    if (signal.aborted || (code !== 'storageFull' && !(await isPassing(account, error)))) throw error;
    await tellMatches(search, inbox, { isBare: true });
    channel.push({ type: 'incomplete', mailboxId: inboxId, code });
  }
}

/** Whether the Inbox can be searched without its server, as far as it was listed and the server gives it. */
export async function isAllKnown({ account, query }: Search, inbox: Scope): Promise<boolean> {
  if (inbox.mailboxes.length === 0) return true;
  const { accountId, store } = account;
  const refused = refusedLately(accountId);
  if ((await store.listUnread(accountId)).some((uidl) => !refused.has(uidl))) return false;
  const options = { isKept: false, limit: refused.size + 1 };
  const undecided = await store.findUndecided(accountId, { query, ...inbox }, options);
  return undecided.every(({ uidl }) => refused.has(uidl));
}

/** False: left early because another request waits for the maildrop; the rest wants a session more. */
async function searchSession(search: Search, inbox: Scope, wire: Wire, refused: Set<string>): Promise<boolean> {
  const { account, query, channel } = search;
  const { accountId, access, store } = account;
  const mustLeave = () => isMaildropWanted(maildropName(access));
  const entries = await listInbox(account, wire);
  const byUidl = new Map(entries.map((entry) => [entry.uidl, entry]));
  const here = (uidls: string[]): Entry[] =>
    uidls.flatMap((uidl) => (refused.has(uidl) ? [] : (byUidl.get(uidl) ?? [])));
  const unread = here(await store.listUnread(accountId));
  for (let at = 0; at < unread.length && !hasEnough(search); at += stepSize) {
    const uidls = unread.slice(at, at + stepSize).map(({ uidl }) => uidl);
    await readHeadersOf(search, wire, here(uidls), refused);
    await tellMatches(search, { ...inbox, uidls }, { isBare: true });
    if (mustLeave()) return false;
  }
  const options = { isKept: false, limit: maxUndecided };
  const undecided = here((await store.findUndecided(accountId, { query, ...inbox }, options)).map(({ uidl }) => uidl));
  let left = undecided.length;
  const report = (decided: number) => {
    left -= decided;
    const total = entries.length;
    channel.push({ type: 'progress', mailboxId: inboxId, done: Math.max(0, total - left), total });
  };
  report(0);
  let isDone = true;
  await fetchMessages(account, wire, {
    entries: undecided,
    ahead: wire.capabilities.words.has('PIPELINING') ? ahead : 1,
    // A hit is told when its text is here, not with the next fifty.
    batchSize: 1,
    mayGoOn() {
      if (left > 0 && mustLeave()) isDone = false;
      return isDone && !hasEnough(search);
    },
    onKept: () => undefined,
    onRefused(uidl) {
      refused.add(uidl);
      report(1);
    },
    async onRecorded(uidls) {
      await tellMatches(search, { ...inbox, uidls });
      report(uidls.length);
    },
  });
  return isDone;
}

async function readHeadersOf({ account }: Search, wire: Wire, entries: Entry[], refused: Set<string>): Promise<void> {
  const rows = await account.store.find(
    account.accountId,
    entries.map(({ uidl }) => uidl),
  );
  const held = entries.flatMap((entry) => {
    const row = rows.get(entry.uidl);
    return row ? [{ entry, row, isRefused: false }] : [];
  });
  await readHeaders(account, wire, held);
  for (const { entry, isRefused } of held) if (isRefused) refused.add(entry.uidl);
}
