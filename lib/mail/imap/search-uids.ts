import type { ImapFlow, ImapResponse } from 'imapflow';
import { MailError } from '../errors.ts';
import type { SearchKeys } from './search-query.ts';
import { countUidSet, parseUidSet } from './uid-set.ts';
import { atom, type Command, execute, failConnection, listOf, type Token, textOf, type Untagged } from './wire.ts';

/** So many may be named of any mailbox, and at most so many of one that says it holds as many. */
const manyUids = 200_000;
const maxUids = 1_000_000;
const searchMs = 120_000;

/** UID SEARCH (RFC 9051 §6.4.4): the UIDs that match, ascending. */
export async function searchUids(client: ImapFlow, criteria: Token[] | SearchKeys): Promise<number[]> {
  const keys = Array.isArray(criteria) ? { tokens: criteria, isUnicode: false } : criteria;
  const returns: Token[] = client.capabilities.has('ESEARCH') ? [atom('RETURN'), [atom('ALL')]] : [];
  const isUtf8Session = client.enabled.has('UTF8=ACCEPT');
  // In UTF8=ACCEPT a charset must not be named (RFC 6855 §3).
  const charset: Token[] = keys.isUnicode && !isUtf8Session ? [atom('CHARSET'), atom('UTF-8')] : [];
  const uids = await collect(client, { name: 'UID SEARCH', attributes: [...returns, ...charset, ...keys.tokens] });
  return uids.sort((a, b) => a - b);
}

/** UID SORT (RFC 5256), by ESORT (RFC 5267 §3) where it is offered: the UIDs in order. */
export async function sortUids(client: ImapFlow, program: Token[], keys: SearchKeys): Promise<number[]> {
  const returns: Token[] = client.capabilities.has('ESORT') ? [atom('RETURN'), [atom('ALL')]] : [];
  return await collect(client, { name: 'UID SORT', attributes: [...returns, program, atom('UTF-8'), ...keys.tokens] });
}

async function collect(client: ImapFlow, command: Command): Promise<number[]> {
  const uids = new Set<number>();
  // More may have come meanwhile than the mailbox had; and its own word for how many is the server's.
  const maxGiven = Math.min(Math.max(manyUids, client.mailbox ? client.mailbox.exists : 0), maxUids);
  let given = 0;
  const isTooMuch = (count: number) => {
    given += count;
    if (given > maxGiven)
      failConnection(client, new MailError('tooLarge', 'the server names more messages than a mailbox holds'));
    return given > maxGiven;
  };
  const plain: Untagged = (response) => {
    const numbers = response.numbers ?? (response.attributes ?? []).map((token) => Number(textOf(token)));
    if (isTooMuch(numbers.length)) return;
    // A server that names one message a million times must not have it fetched and told as often.
    for (const uid of numbers) if (Number.isSafeInteger(uid) && uid > 0) uids.add(uid);
  };
  const extended: Untagged = (response) => {
    const set = allOf(response);
    if (isTooMuch(countUidSet(set))) return;
    for (const uid of parseUidSet(set, maxGiven)) if (uid > 0) uids.add(uid);
  };
  await execute(client, {
    ...command,
    deadlineMs: searchMs,
    untagged: { SEARCH: plain, SORT: plain, ESEARCH: extended },
  });
  return [...uids];
}

/** The set after ALL in an ESEARCH answer (RFC 4731 §3.1). */
function allOf(response: ImapResponse): string {
  const words = response.attributes ?? [];
  const at = words.findIndex((word) => !listOf(word) && textOf(word)?.toUpperCase() === 'ALL');
  return at < 0 ? '' : (textOf(words[at + 1]) ?? '');
}
