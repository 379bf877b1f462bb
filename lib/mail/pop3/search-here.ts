import { MailError } from '../errors.ts';
import { mailboxIdOf } from '../ids.ts';
import type { SearchEvent } from '../model.ts';
import type { Query } from '../query.ts';
import type { Pop3Account } from './account.ts';
import { reasonOf } from './connect.ts';
import { inboxKey } from './inbox.ts';
import type { MaildropRow } from './maildrop.ts';
import { matches } from './match.ts';
import { translateSummary } from './summarise.ts';
import { readKeptText } from './text.ts';

const stepSize = 100;

/** A mailbox to look through, by the name that `in:` goes by. */
export interface Place {
  mailboxKey: string;
  name: string;
}

/** Searches what is kept here of a mailbox, newest first; of the Inbox, what the server has no more. Gives how many were found. */
export async function searchHere(
  account: Pop3Account,
  { mailboxKey, name }: Place,
  query: Query,
  signal: AbortSignal,
  tell: (event: SearchEvent) => void,
): Promise<number> {
  const mailboxId = mailboxIdOf(mailboxKey);
  const uidls = await account.store.listUidls(account.accountId, { mailboxKey, limit: 100_000 });
  let hits = 0;
  for (let at = 0; at < uidls.length; at += stepSize) {
    if (signal.aborted) throw reasonOf(signal);
    const step = uidls.slice(at, at + stepSize);
    const rows = await account.store.find(account.accountId, step);
    const items = [];
    for (const uidl of step) {
      const row = rows.get(uidl);
      if (!row || (mailboxKey === inboxKey && row.isListed)) continue;
      if (await isHit(account, query, row, name)) items.push(translateSummary(row));
    }
    hits += items.length;
    if (items.length > 0) tell({ type: 'hits', mailboxId, items });
    if (mailboxKey !== inboxKey)
      tell({ type: 'progress', mailboxId, done: Math.min(at + stepSize, uidls.length), total: uidls.length });
  }
  return hits;
}

async function isHit(account: Pop3Account, query: Query, row: MaildropRow, name: string): Promise<boolean> {
  const held = { row, entry: { uidl: row.uidl, sizeBytes: row.sizeBytes, number: 0 }, mailboxName: name };
  const answer = matches(query, held, null);
  if (answer !== null || row.content === null) return answer === true;
  try {
    return matches(query, held, await readKeptText(account, row.uidl, row.content)) === true;
  } catch (error) {
    // Destroyed meanwhile: it has no text to find anything in.
    if (error instanceof MailError && error.code === 'notFound') return false;
    throw error;
  }
}
