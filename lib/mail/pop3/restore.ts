import type { PerIdResult } from '../model.ts';
import type { Pop3Account } from './account.ts';
import { uidlOf } from './keywords.ts';

/**
 * Undoes destroyMessages. What is still on the server, or kept here, is shown again, in its place and with its keywords;
 * a removal under way looks again just before QUIT. `stale`: nobody has the bytes any more.
 */
export async function restoreMessages(account: Pop3Account, request: { ids: string[] }): Promise<PerIdResult[]> {
  const { accountId, collection } = account;
  const uidls = request.ids.map(uidlOf);
  const wanted = [...new Set(uidls)].filter((uidl) => uidl !== null);
  const restored = new Set(await collection.unmarkDeleted(accountId, wanted));
  const copies = await collection.copiesOf(accountId, wanted);
  return request.ids.map((id, index) => {
    const uidl = uidls[index] ?? null;
    if (uidl !== null && restored.has(uidl)) return { id };
    const copy = uidl === null ? undefined : copies.get(uidl);
    return { id, error: { code: copy && copy.deletedAtMs !== null ? 'stale' : 'notFound' } };
  });
}
