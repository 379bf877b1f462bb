import { MailError } from '../errors.ts';
import type { Pop3Account } from './account.ts';
import type { Copy } from './collection-store.ts';
import { confirmCopy } from './confirm-copy.ts';
import type { Entry } from './listing.ts';
import { decideRemoval } from './retention.ts';
import { hasStranger } from './see-heads.ts';
import type { Wire } from './wire.ts';

/** Copies looked at together. */
const atOnce = 16;

/** Marked, and then wished back by the person: the session must end without QUIT, and nothing of it counts. */
export class TakenBack extends Error {
  override readonly name = 'TakenBack';
}

/**
 * Marks by DELE exactly what the rule says; QUIT makes it true (RFC 1939 §6): of what is kept, only what is really here and really this message; of what the person
 * deleted, all. That it was sent is recorded first, so that nothing is assumed if we hear no more. `fresh` was stored in
 * this very session, with so many bytes. Throws TakenBack where one of them was undeleted meanwhile.
 */
export async function markDue(
  account: Pop3Account,
  wire: Wire,
  entries: Entry[],
  fresh: ReadonlyMap<string, number> = new Map(),
): Promise<string[]> {
  const { accountId, collection } = account;
  const before = await dueOf(account, entries);
  const due: Entry[] = [];
  for (let at = 0; at < before.length; at += atOnce) {
    const some = before.slice(at, at + atOnce);
    const safe = await Promise.all(
      some.map(({ entry, copy }) => isSafe(account, wire, entry, copy, fresh.get(entry.uidl) ?? null)),
    );
    due.push(...some.flatMap(({ entry }, index) => (safe[index] ? [entry] : [])));
  }
  if (due.length === 0) return [];
  await collection.recordRemovalSent(
    accountId,
    due.map(({ uidl }) => uidl),
  );
  const marked = await Promise.all(due.map(async (entry) => ((await mark(wire, entry)) ? [entry] : [])));
  const still = new Set((await dueOf(account, entries)).map(({ entry }) => entry.uidl));
  if (marked.flat().some(({ uidl }) => !still.has(uidl))) throw new TakenBack();
  return marked.flat().map(({ uidl }) => uidl);
}

/**
 * Stored in this session under this number: the bytes need only be there. Else they are read again and the message is
 * looked at. What the person deleted before it was ever kept goes where its header is still the one that was seen.
 */
async function isSafe(
  account: Pop3Account,
  wire: Wire,
  entry: Entry,
  { content, deletedAtMs }: Copy,
  freshBytes: number | null,
): Promise<boolean> {
  if (content === null) return deletedAtMs !== null && !(await hasStranger(account, wire, [entry]));
  if (freshBytes !== null) return (await account.contents.sizeOf(account.accountId, content)) === freshBytes;
  return confirmCopy(account, wire, entry, content);
}

/** What the rule would have removed now. */
export async function dueOf(
  { accountId, collection }: Pop3Account,
  entries: Entry[],
): Promise<{ entry: Entry; copy: Copy }[]> {
  const retention = await collection.retentionOf(accountId);
  if (retention.rule === 'leave') return [];
  const copies = await collection.copiesOf(
    accountId,
    entries.map(({ uidl }) => uidl),
  );
  return entries.flatMap((entry) => {
    const copy = copies.get(entry.uidl);
    return copy && decideRemoval(retention, copy, Date.now()) === 'remove' ? [{ entry, copy }] : [];
  });
}

/** False: the server will not have it deleted; it is asked again at the next collection. */
async function mark(wire: Wire, { number }: Entry): Promise<boolean> {
  try {
    await wire.markDeleted(number);
    return true;
  } catch (error) {
    if (error instanceof MailError && error.code === 'notFound') return false;
    throw error;
  }
}
