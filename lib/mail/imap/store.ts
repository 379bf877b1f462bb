import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { PerIdResult } from '../model.ts';
import { forEachMailbox, type Outcome } from './batch.ts';
import { tellListeners } from './changes.ts';
import { translateRow } from './fetch.ts';
import { mustKeep } from './keeping.ts';
import { flagOf } from './keywords.ts';
import type { Account } from './pool-types.ts';
import { rememberFlags } from './read-flags.ts';
import { searchUids } from './search-uids.ts';
import { formatUidSets } from './uid-set.ts';
import { atom, execute, sequence } from './wire.ts';
import { catchUp, refresh, type Selected } from './with-imap.ts';

/** Up to here the server's echo tells which messages there are; beyond it a search is cheaper. */
const echoed = 100;

/** Adds and removes keywords by UID STORE (RFC 9051 §6.4.6). A message that is not there is `notFound`. */
export function setKeywords(
  account: Account,
  { ids, add, remove }: { ids: string[]; add: string[]; remove: string[] },
  { signal }: CallOptions = {},
): Promise<PerIdResult[]> {
  const changes = [
    { operation: '+FLAGS', flags: add.map(flagOf) },
    { operation: '-FLAGS', flags: remove.map(flagOf) },
  ].filter(({ flags }) => flags.length > 0);
  if (changes.length === 0) throw new MailError('invalid', 'no keyword to change', { detail: 'add' });
  return forEachMailbox(account, ids, {
    mode: 'repeatable',
    signal,
    async work(selected, uids) {
      mustKeep(
        selected.mailbox,
        changes.flatMap(({ operation, flags }) => (operation === '+FLAGS' ? flags : [])),
      );
      await catchUp(selected, uids);
      const present = new Set<number>();
      for (const { operation, flags } of changes) await store(selected, uids, operation, flags, present);
      const unseen = uids.filter((uid) => !present.has(uid));
      if (unseen.length > 0) for (const uid of await existing(selected, unseen)) present.add(uid);
      return new Map<number, Outcome>([...present].map((uid) => [uid, {}]));
    },
  });
}

/** Which of these UIDs are in the mailbox now. */
export async function existing({ client }: Selected, uids: readonly number[]): Promise<number[]> {
  const found = new Set<number>();
  for (const set of formatUidSets(uids))
    for (const uid of await searchUids(client, [atom('UID'), sequence(set)])) found.add(uid);
  // A server may name others too; what nobody asked for must not be acted on.
  return uids.filter((uid) => found.has(uid));
}

/** The same, and nothing that others have expunged: without the NOOP, Dovecot goes on to find it. */
export async function stillHere(selected: Selected, uids: readonly number[]): Promise<number[]> {
  await refresh(selected);
  return await existing(selected, uids);
}

async function store(
  { client, held, mailbox }: Selected,
  uids: number[],
  operation: string,
  flags: string[],
  present: Set<number>,
): Promise<void> {
  const isSilent = uids.length > echoed;
  for (const set of formatUidSets(uids)) {
    await execute(client, {
      name: 'UID STORE',
      attributes: [sequence(set), atom(isSilent ? `${operation}.SILENT` : operation), flags.map(atom)],
      untagged: {
        FETCH(response) {
          const row = translateRow(response);
          if (!row?.uid) return;
          present.add(row.uid);
          rememberFlags(held, row);
        },
      },
    });
    // What this connection does nobody else tells our other tabs, and what others did meanwhile stands among the answers.
    tellListeners(held.account, mailbox.path, 'updated');
  }
}
