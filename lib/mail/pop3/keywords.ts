import { MailError } from '../errors.ts';
import { parsePop3MessageId } from '../ids.ts';
import { parseKeyword } from '../keyword.ts';
import type { PerIdResult } from '../model.ts';
import type { Pop3Account } from './account.ts';

/**
 * Changes keywords in our store. The server is not asked, it has none: a message that another client deleted takes them
 * until the next listing finds it gone. Throws `invalid` for what is no keyword.
 */
export async function setKeywords(
  account: Pop3Account,
  request: { ids: string[]; add: string[]; remove: string[] },
): Promise<PerIdResult[]> {
  const add = request.add.map(parseKeyword);
  const remove = request.remove.map(parseKeyword);
  if (add.length + remove.length === 0) throw new MailError('invalid', 'no keyword to change', { detail: 'add' });
  const uidls = request.ids.map(uidlOf);
  const known = await account.store.find(
    account.accountId,
    uidls.filter((uidl) => uidl !== null),
  );
  await account.store.changeKeywords(account.accountId, [...known.keys()], { add, remove });
  return request.ids.map((id, index) => {
    const uidl = uidls[index];
    return uidl != null && known.has(uidl) ? { id } : { id, error: { code: 'notFound' } };
  });
}

/** The unique-id in an id, or null for an id that we did not make: in a batch that is one result, not the end of it. */
export function uidlOf(id: string): string | null {
  try {
    return parsePop3MessageId(id);
  } catch (error) {
    if (error instanceof MailError) return null;
    throw error;
  }
}
