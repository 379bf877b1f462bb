import type { SearchLine } from '../contract/operations.ts';
import type { Call } from './call.ts';
import { lineResponse } from './line-response.ts';
import { parseSearch } from './parse-search.ts';
import { logged } from './report.ts';
import { resolveScope } from './search-scope.ts';

/** Streams a search as it finds; stops the mail server's work when the caller leaves. */
export async function searchMail({ request, requestId, signedIn, mail, query }: Call<'search'>): Promise<Response> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([request.signal, leaving.signal]);
  const scope = await resolveScope(await parseSearch(query.q, signedIn), query.in, mail, signal);
  return await lineResponse<SearchLine>(mail.search({ ...scope, collapse: query.collapse === true }, { signal }), {
    requestId,
    onCancel: () => leaving.abort(),
    lastLine: (error) => ({ type: 'problem', code: logged(error, { requestId, operation: 'search', signal }).code }),
  });
}
