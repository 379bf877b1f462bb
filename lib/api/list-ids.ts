import { MailError } from '../mail/errors.ts';
import type { Call } from './call.ts';
import { parseSearch } from './parse-search.ts';
import { resolveScope } from './search-scope.ts';

/** The ids of a mailbox, narrowed by a filter and by what was searched for. Throws `invalid` when `in:` names another mailbox. */
export async function listIds({ signedIn, mail, params, query, signal }: Call<'listMessageIds'>): Promise<string[]> {
  const { mailboxId } = params;
  const { filter, q, collapse } = query;
  const narrowed = { mailboxId, ...(filter ? { filter } : {}), ...(collapse ? { collapse } : {}) };
  if (q === undefined) return await mail.listMessageIds(narrowed, { signal });
  const scope = await resolveScope(await parseSearch(q, signedIn), mailboxId, mail, signal);
  if (scope.mailboxId !== mailboxId) throw new MailError('invalid', 'in: names another mailbox', { detail: 'in:' });
  return await mail.listMessageIds({ ...narrowed, query: scope.query }, { signal });
}
