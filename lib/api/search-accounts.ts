import type { ResponseOf } from '../contract/operations.ts';
import { searchAccounts } from '../server/united/search.ts';
import type { Call } from './call.ts';
import { lineResponse } from './line-response.ts';
import { parseSearch } from './parse-search.ts';
import { logged } from './report.ts';
import { resolveScope } from './search-scope.ts';

/** Streams a search of all accounts as it finds; stops every mail server's work when the caller leaves. */
export async function searchAll({ request, requestId, signedIn, query }: Call<'searchAccounts'>): Promise<Response> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([request.signal, leaving.signal]);
  const parsed = await parseSearch(query.q, signedIn);
  const events = searchAccounts(signedIn, (mail) => resolveScope(parsed, undefined, mail, signal), signal);
  return await lineResponse<ResponseOf<'searchAccounts'>>(events, {
    requestId,
    onCancel: () => leaving.abort(),
    lastLine: (error) => ({
      type: 'problem',
      code: logged(error, { requestId, operation: 'searchAccounts', signal }).code,
    }),
  });
}
