import { type Channel, createChannel } from '../channel.ts';
import type { CallOptions } from '../driver.ts';
import { asMailError, MailError } from '../errors.ts';
import type { Mailbox, SearchEvent } from '../model.ts';
import type { Query } from '../query.ts';
import { findMailbox, listMailboxes } from './mailboxes.ts';
import type { Account } from './pool-types.ts';
import { searchMailbox } from './search-mailbox.ts';
import { compileQuery } from './search-query.ts';

/** The budget of one search: a connection stays for reading meanwhile. */
const maxLanes = 3;
const maxHits = 5000;

/**
 * Searches one mailbox or all, several at a time, Junk and Trash last; newest hits first within each, as they are
 * found. What cannot be searched is told and passed over. Ending the iteration stops the search on the server's side
 * too, by closing its connection where the command goes on.
 */
export async function* searchMessages(
  account: Account,
  { query, mailboxId, collapse = false }: { query: Query; mailboxId?: string; collapse?: boolean },
  { signal }: CallOptions = {},
): AsyncGenerator<SearchEvent, void, undefined> {
  compileQuery(query, () => true);
  const mailboxes = await whereToSearch(account, mailboxId, signal);
  const stop = new AbortController();
  const onAbort = () => stop.abort();
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  const channel = createChannel<SearchEvent>();
  const job: Job = {
    account,
    query,
    collapse: collapse && mailboxId !== undefined,
    left: [...mailboxes],
    total: mailboxes.length,
    done: 0,
    hits: 0,
    seen: new Set(),
    channel,
    signal: stop.signal,
  };
  const lanes = Math.max(1, Math.min(maxLanes, account.limits.perAccount - 1, mailboxes.length));
  const running = Promise.all(Array.from({ length: lanes }, () => lane(job))).then(
    () => {
      channel.push({ type: 'done', total: job.hits });
      channel.end();
    },
    (error: unknown) => channel.end(asMailError(error)),
  );
  try {
    yield* channel.items();
  } finally {
    stop.abort();
    channel.end();
    signal?.removeEventListener('abort', onAbort);
    await running;
  }
}

interface Job {
  account: Account;
  query: Query;
  collapse: boolean;
  left: Mailbox[];
  total: number;
  done: number;
  hits: number;
  /** Message ids told already, so that a mailbox which holds all mail does not repeat the others. */
  seen: Set<string>;
  channel: Channel<SearchEvent>;
  signal: AbortSignal;
}

async function lane(job: Job): Promise<void> {
  const { channel, signal } = job;
  for (let mailbox = job.left.shift(); mailbox; mailbox = job.left.shift()) {
    const { id: mailboxId, role } = mailbox;
    try {
      await searchMailbox({
        ...job,
        mailbox,
        onProgress: (done, total) => {
          if (job.total === 1) channel.push({ type: 'progress', done, total, mailboxId });
        },
        async onHits(items) {
          const fresh = items.filter(({ key }) => role !== 'all' || !job.seen.has(key));
          for (const { key } of fresh) job.seen.add(key);
          job.hits += fresh.length;
          if (fresh.length > 0) channel.push({ type: 'hits', mailboxId, items: fresh.map(({ summary }) => summary) });
          await channel.drained();
          if (signal.aborted) throw new MailError('cancelled', 'the search was stopped');
          return job.hits < maxHits;
        },
      });
    } catch (error) {
      const { code } = asMailError(error);
      if (code === 'cancelled' || code === 'unauthenticated' || code === 'invalid') throw error;
      channel.push({ type: 'incomplete', mailboxId, code });
    }
    job.done += 1;
    if (job.total > 1) channel.push({ type: 'progress', done: job.done, total: job.total, mailboxId });
  }
}

const rank = ({ role }: Mailbox) =>
  role === 'inbox' ? 0 : role === 'all' ? 2 : role === 'junk' ? 3 : role === 'trash' ? 4 : 1;

async function whereToSearch(
  account: Account,
  mailboxId: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Mailbox[]> {
  const options = signal ? { signal } : {};
  if (mailboxId !== undefined) return [await findMailbox(account, mailboxId, options)];
  const all = await listMailboxes(account, { counts: false }, options);
  // Views of other mailboxes' mail would tell every hit twice.
  const real = all.filter(({ isSelectable, role }) => isSelectable && role !== 'flagged' && role !== 'important');
  return real.sort((a, b) => rank(a) - rank(b));
}
