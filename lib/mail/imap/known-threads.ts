import { tellListeners } from './changes.ts';
import { lineOf } from './connect.ts';
import { fetchRows } from './fetch.ts';
import { placeArrivals } from './place-arrivals.ts';
import type { Account, Held } from './pool-types.ts';
import { searchUids } from './search-uids.ts';
import { algorithmOf, threadUids } from './thread-uids.ts';
import { inOrder, isSameThreads, lastUidOf, type Threads, withArrivals, withoutGone } from './threads.ts';
import { readWindowThreads } from './window-threads.ts';
import { atom } from './wire.ts';
import { refresh, type Selected, withImap } from './with-imap.ts';

/** More that came in at once is for the server to join. */
const maxPlaced = 100;
const checkMs = 1_000;

/**
 * The conversations of the mailbox as of now. The server is asked once (THREAD, RFC 5256); then what came in is placed by
 * its References and what has gone is left out, and a moment later the server is asked what it makes of it: where that is
 * something else, watchers are told. Without THREAD, of the newest messages alone.
 */
export async function threadsOf(selected: Selected): Promise<Threads> {
  const { client, mailbox, uidValidity, account, held } = selected;
  const { threads: memory } = account.memory;
  if (algorithmOf(client) === null) return await readWindowThreads(selected);
  const found = memory.get(mailbox.path);
  const known = found?.uidValidity === uidValidity ? found : undefined;
  const { changes } = held;
  const word = known && words.get(known);
  if (known && word?.held === held && word.changes === changes) return known;
  const now = (known && (await bringUpToDate(selected, known))) ?? (await askThreads(selected));
  memory.set(mailbox.path, now);
  words.set(now, { held, changes });
  if (known && now !== known && now.version === known.version) checkLater(account, mailbox.path);
  return now;
}

/** Which connection knows that these are all, and as of when: it tells what came and went, so nothing more is asked. */
const words = new WeakMap<Threads, { held: Held; changes: number }>();

async function askThreads(selected: Selected): Promise<Threads> {
  const groups = inOrder(await threadUids(selected.client));
  const version = (selected.account.memory.threads.get(selected.mailbox.path)?.version ?? 0) + 1;
  return { ...groups, uidValidity: selected.uidValidity, below: 0, version };
}

/** Null where only the server can tell. The same object where nothing has changed. */
async function bringUpToDate(selected: Selected, known: Threads): Promise<Threads | null> {
  const { client, mailbox } = selected;
  const last = lastUidOf(known);
  if (last === 0) return mailbox.exists === 0 ? known : null;
  // `n:*` names the last message also where its UID is smaller (RFC 9051 §9).
  const rows =
    mailbox.exists === 0 ? [] : await fetchRows(client, { range: `${last}:*`, isUid: true, items: [atom('UID')] });
  const fresh = rows.flatMap(({ uid }) => (uid !== null && uid > last ? uid : [])).sort((a, b) => a - b);
  // UIDs only grow, so the same last one and as many messages are the same messages.
  const gone = known.uids.length + fresh.length - mailbox.exists;
  if (gone === 0 && fresh.length === 0) return known;
  if (gone < 0 || fresh.length > maxPlaced) return null;
  let groups: Pick<Threads, 'uids' | 'ends'> = known;
  if (gone > 0) {
    if (!client.capabilities.has('ESEARCH')) return null;
    const there = new Set(await searchUids(client, [atom('ALL')]));
    groups = withoutGone(known, (uid) => there.has(uid));
    if (groups.uids.length + fresh.length !== there.size) return null;
  }
  if (fresh.length === 0) return { ...known, ...groups };
  const arrivals = await placeArrivals(selected, groups, fresh);
  return arrivals && { ...known, ...withArrivals(groups, arrivals) };
}

const checks = new WeakMap<Account, Set<string>>();

/** What was placed here may join more to the server: what an older message answers, or one of the same subject (RFC 5256 §3). */
function checkLater(account: Account, path: string): void {
  const waiting = checks.get(account) ?? new Set<string>();
  checks.set(account, waiting);
  if (waiting.has(path)) return;
  waiting.add(path);
  setTimeout(() => {
    waiting.delete(path);
    if (account.isClosed) return;
    check(account, path).catch((error: unknown) =>
      account.log?.({ level: 'warn', msg: 'conversations not checked', error: lineOf(error) }),
    );
  }, checkMs).unref();
}

async function check(account: Account, path: string): Promise<void> {
  await withImap(account, { mailbox: path, mode: 'read' }, async (selected) => {
    await refresh(selected);
    const asked = await askThreads(selected);
    const told = account.memory.threads.get(path);
    const isSame = told !== undefined && told.uidValidity === asked.uidValidity && isSameThreads(told, asked);
    account.memory.threads.set(path, isSame ? told : asked);
    if (isSame) return;
    tellListeners(account, path, 'unknown');
  });
}
