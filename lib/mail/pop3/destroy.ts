import type { CallOptions } from '../driver.ts';
import { MailError } from '../errors.ts';
import type { PerIdResult } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { uidlOf } from './keywords.ts';
import { listByName } from './list-inbox.ts';
import { forgetBytes } from './recent.ts';
import { markDue, TakenBack } from './remove-due.ts';
import { withMaildrop } from './session.ts';

/**
 * Deletes exactly these messages for good: they are hidden here from now on, and their bytes stay for an hour, for
 * restoreMessages. What the rule says goes from the server too: DELE each, then QUIT, which makes it true (RFC 1939 §6);
 * where that fails now, the next collection does it.
 */
export async function destroyMessages(
  account: Pop3Account,
  request: { ids: string[] },
  options: CallOptions = {},
): Promise<PerIdResult[]> {
  const { accountId, collection } = account;
  const uidls = new Map(request.ids.map((id) => [id, uidlOf(id)]));
  const wanted = [...new Set(uidls.values())].filter((uidl) => uidl !== null);
  const deleted = new Set(await collection.markDeleted(accountId, wanted));
  for (const uidl of deleted) forgetBytes(accountId, uidl);
  const { rule } = await collection.retentionOf(accountId);
  const listed = rule === 'leave' || deleted.size === 0 ? null : await removeNow(account, deleted, options);
  const copies = await collection.copiesOf(accountId, wanted);
  return request.ids.map((id) => {
    const uidl = uidls.get(id) ?? null;
    const copy = uidl === null ? undefined : copies.get(uidl);
    // Of what another client deleted and nobody kept, nothing was left to delete.
    const wasGone = copy !== undefined && copy.content === null && listed !== null && !listed.has(copy.uidl);
    if (uidl !== null && deleted.has(uidl) && !wasGone)
      return rule !== 'leave' && copy?.isListed ? { id, isPending: true } : { id };
    return { id, error: { code: wasGone || (copy && copy.deletedAtMs === null) ? 'stale' : 'notFound' } };
  });
}

/** Gives what of it the server listed; null where it could not be asked. */
async function removeNow(
  account: Pop3Account,
  deleted: ReadonlySet<string>,
  options: CallOptions,
): Promise<ReadonlySet<string> | null> {
  const { accountId, access, collection } = account;
  let listed: ReadonlySet<string> | null = null;
  let removed: string[] = [];
  try {
    await withMaildrop(access, { signal: options.signal, commits: true }, async (wire) => {
      const entries = (await listByName(account, wire)).filter(({ uidl }) => deleted.has(uidl));
      listed = new Set(entries.map(({ uidl }) => uidl));
      removed = await markDue(account, wire, entries);
    });
  } catch (error) {
    // They are deleted here; whether they are on the server, and then to be removed, the next collection sees.
    if (error instanceof MailError || error instanceof TakenBack) return listed;
    throw error;
  }
  await collection.recordRemoved(accountId, removed);
  return listed;
}
