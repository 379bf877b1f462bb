import { randomUUID } from 'node:crypto';
import { limits, type OperationName, type OperationShape, operations } from '../contract/operations.ts';
import { MailError } from '../mail/errors.ts';
import { ofAccount } from '../server/accounts/refused-password.ts';
import { config } from '../server/config.ts';
import { mailFor } from '../server/mail-for.ts';
import { currentSession, firstAccountId, type SignedIn } from '../server/session.ts';
import type { AnswerOf, Call } from './call.ts';
import { jsonHeaders, privateHeaders } from './headers.ts';
import { onceForKey } from './once-for-key.ts';
import { parse } from './parse.ts';
import { readJson } from './read-json.ts';
import { failed, observed } from './report.ts';
import { requireSameOrigin } from './same-origin.ts';

type Context = { params: Promise<Record<string, string | string[] | undefined>> };

/**
 * The one door of the API. Makes a route handler of an operation: same-origin check on writes, session, parameters, the
 * account's mail, body; then `work`, whose value is answered as JSON (204 where the contract has no response). Every
 * error becomes a problem document.
 */
export function route<N extends OperationName>(name: N, work: (call: Call<N>) => Promise<AnswerOf<N>>) {
  const operation: OperationShape = operations[name];
  // The contract types what `call` holds for N; inside, one shape serves all operations.
  const run = work as unknown as (call: Untyped) => Promise<unknown>;

  async function answer(request: Request, context: Context, requestId: string): Promise<Response> {
    const isWrite = operation.method !== 'get';
    if (isWrite) requireSameOrigin(request, config().url);
    const signedIn = operation.access === 'public' ? null : await requireSession(request);
    const params = operation.params && parse(operation.params, await context.params, 'path');
    const query = operation.query && parse(operation.query, queryOf(request), 'query');
    const accountId = accountIdOf(params) ?? accountIdOf(query);
    const told = (error: unknown) => {
      throw ofAccount(error, signedIn, accountId);
    };
    const needsMail = accountId !== undefined && operation.isWithoutMail !== true;
    const mail = signedIn === null || !needsMail ? null : await mailFor(signedIn, accountId).catch(told);
    const body = operation.body && parse(operation.body, await readJson(request, limits.jsonBytes), 'body');
    const perform = () =>
      run({ request, requestId, signal: request.signal, signedIn, mail, params, query, body }).catch(told);
    const key = request.headers.get('idempotency-key');
    if (isWrite && operation.keepsNoKey !== true && key !== null && signedIn !== null) {
      const content = { params, query, body };
      const { sessionId } = signedIn;
      const place = { sessionId, accountId: firstAccountId(signedIn), operation: name, key, content };
      return await onceForKey(place, perform, requestId);
    }
    const value = await perform();
    return value instanceof Response ? value : jsonResponse(value, requestId);
  }

  return async (request: Request, context: Context): Promise<Response> => {
    const requestId = randomUUID();
    const startedMs = performance.now();
    let response: Response;
    try {
      response = await answer(request, context, requestId);
    } catch (error) {
      response = failed(error, { requestId, operation: name, signal: request.signal });
    }
    observed(operation, response.status, startedMs);
    return request.method === 'HEAD' ? await withoutBody(response) : response;
  };
}

interface Untyped {
  request: Request;
  requestId: string;
  signal: AbortSignal;
  signedIn: SignedIn | null;
  mail: unknown;
  params: unknown;
  query: unknown;
  body: unknown;
}

function jsonResponse(value: unknown, requestId: string): Response {
  if (value === undefined) return new Response(null, { status: 204, headers: privateHeaders(requestId) });
  const json = JSON.stringify(value);
  return new Response(json, { headers: jsonHeaders(requestId, json) });
}

async function requireSession(request: Request): Promise<SignedIn> {
  const signedIn = await currentSession(request);
  if (signedIn === null) throw new MailError('unauthenticated', 'no session');
  return signedIn;
}

const queryOf = (request: Request) => Object.fromEntries(new URL(request.url).searchParams);

function accountIdOf(parsed: unknown): string | undefined {
  return (parsed as { accountId?: string } | undefined)?.accountId;
}

/** Next answers HEAD by the GET handler and drops the body unread: what feeds it (a part, a search) must be let go. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, response);
}
