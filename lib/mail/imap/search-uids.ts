import type { ImapFlow } from 'imapflow';
import { parseUidSet } from './uid-set.ts';
import { execute, listOf, type Token, textOf } from './wire.ts';

const maxUids = 2_000_000;

/** UID SEARCH, answered as SEARCH or ESEARCH (RFC 9051 §6.4.4): the UIDs that match, in the server's order. */
export async function searchUids(client: ImapFlow, criteria: Token[], deadlineMs = 60_000): Promise<number[]> {
  const returns: Token[] = client.capabilities.has('ESEARCH')
    ? [{ type: 'ATOM', value: 'RETURN' }, [{ type: 'ATOM', value: 'ALL' }]]
    : [];
  let uids: number[] = [];
  await execute(client, {
    name: 'UID SEARCH',
    attributes: [...returns, ...criteria],
    deadlineMs,
    untagged: {
      SEARCH(response) {
        const numbers = response.numbers ?? (response.attributes ?? []).map((token) => Number(textOf(token)));
        uids = uids.concat(numbers.filter((uid) => Number.isSafeInteger(uid) && uid > 0));
      },
      ESEARCH(response) {
        const words = response.attributes ?? [];
        for (let at = 0; at < words.length; at += 1) {
          if (listOf(words[at]) || textOf(words[at])?.toUpperCase() !== 'ALL') continue;
          uids = uids.concat(parseUidSet(textOf(words[at + 1]) ?? '', maxUids));
        }
      },
    },
  });
  return uids;
}
