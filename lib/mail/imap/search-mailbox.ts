import { MailError } from '../errors.ts';
import { parseMailboxId } from '../ids.ts';
import type { Mailbox, MessageSummary } from '../model.ts';
import type { Query } from '../query.ts';
import { readThreadsOf } from './list-threads.ts';
import type { Account } from './pool-types.ts';
import { readWindow } from './read-window.ts';
import { compileQuery, type SearchKeys } from './search-query.ts';
import { searchUids } from './search-uids.ts';
import { summaryOf } from './summary.ts';
import { translateError } from './translate-error.ts';
import { sequence } from './wire.ts';
import { refresh, type Selected, withImap } from './with-imap.ts';

export interface Hit {
  summary: MessageSummary;
  /** Tells the same mail in two mailboxes: its Message-ID, else itself. */
  key: string;
}

export interface MailboxSearch {
  account: Account;
  mailbox: Mailbox;
  query: Query;
  signal: AbortSignal;
  /** A row for each conversation, by its first hit. */
  collapse?: boolean | undefined;
  /** Messages searched so far, of how many. */
  onProgress(done: number, total: number): void;
  /** False where there are enough. */
  onHits(hits: Hit[]): Promise<boolean>;
}

const batchSize = 50;
/** The newest few first, so that a slow search shows something soon; then larger and larger steps. */
const firstWindow = 2000;
const maxWindow = 32_000;

/** Searches one mailbox from its end. Throws `tooLarge` where there were more hits than are told. */
export async function searchMailbox(search: MailboxSearch): Promise<void> {
  const { account, mailbox, query, signal } = search;
  const keys = compileQuery(query, (name) => isNamed(mailbox, name));
  await withImap(account, { mailbox: parseMailboxId(mailbox.id), mode: 'read', signal }, async (selected) => {
    await refresh(selected);
    const told = new Set<number>();
    const toldThreads = new Set<number>();
    const total = selected.mailbox.exists;
    // Downwards an expunge shifts only what was searched already: nothing is missed, what comes twice is told once.
    for (let last = total, size = firstWindow; last > 0; size = Math.min(size * 2, maxWindow)) {
      const first = Math.max(1, last - size + 1);
      const uids = await searchWindow(selected, first, last, keys);
      const fresh = uids.reverse().filter((uid) => !told.has(uid));
      for (const uid of fresh) told.add(uid);
      if (!(await tell(selected, fresh, search, toldThreads)))
        throw new MailError('tooLarge', 'more hits than are shown');
      last = first - 1;
      search.onProgress(total - last, total);
    }
  });
}

async function searchWindow(
  { client, mailbox }: Selected,
  first: number,
  last: number,
  keys: SearchKeys,
): Promise<number[]> {
  const isWhole = first === 1 && last >= mailbox.exists;
  const within = isWhole ? keys : { ...keys, tokens: [sequence(`${first}:${last}`), ...keys.tokens] };
  try {
    return await searchUids(client, within);
  } catch (error) {
    // A server that knows no UTF-8 may still compare the bytes (RFC 9051 §6.4.4 lets it answer BADCHARSET).
    const isCharset = keys.isUnicode && /BADCHARSET|charset/i.test(translateError(error).serverText ?? '');
    if (!isCharset || !client.usable) throw error;
    return await searchUids(client, { ...within, isUnicode: false });
  }
}

async function tell(
  selected: Selected,
  uids: number[],
  { query, collapse, onHits }: MailboxSearch,
  toldThreads: Set<number>,
): Promise<boolean> {
  const { path } = selected.mailbox;
  for (let at = 0; at < uids.length; at += batchSize) {
    const read = await readWindow(selected, uids.slice(at, at + batchSize).join(','), true);
    const items = read.filter(({ facts }) => facts.hasAttachment || !wantsAttachment(query));
    items.sort((a, b) => b.facts.uid - a.facts.uid);
    const hits = collapse
      ? (
          await readThreadsOf(
            selected,
            items.map(({ facts }) => facts.uid),
            toldThreads,
          )
        ).map((summary) => ({ summary, key: summary.id }))
      : items.map(({ row, facts }) => ({
          summary: summaryOf(path, selected.uidValidity, facts, row.flags ?? []),
          key: facts.messageId ?? `${path} ${facts.uid}`,
        }));
    if (!(await onHits(hits))) return false;
  }
  return true;
}

/** SEARCH only approximates attachments; where every hit must have one, its structure decides. */
export function wantsAttachment(query: Query): boolean {
  if (query.type === 'and') return query.terms.some(wantsAttachment);
  return query.type === 'hasAttachment';
}

function isNamed(mailbox: Mailbox, name: string): boolean {
  const wanted = name.toLowerCase();
  return [mailbox.name, mailbox.path, mailbox.role ?? ''].some((word) => word.toLowerCase() === wanted);
}
