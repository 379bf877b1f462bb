import type { InputOf, OperationName, Problem, ResponseOf } from '../contract/operations.ts';
import { ApiError } from './api-error.ts';
import { type ClientOperation, fillPath, routes } from './routes.ts';

type Field<K extends string, T> = [T] extends [undefined] ? { [P in K]?: undefined } : { [P in K]: T };
export type CallInput<N extends ClientOperation> = CallInputOf<N>;
/** What an operation is called with, whichever table it is in. */
export type CallInputOf<N extends OperationName> = Field<'params', InputOf<N, 'params'>> &
  (undefined extends InputOf<N, 'query'>
    ? { query?: undefined }
    : { query?: NonNullable<InputOf<N, 'query'>> | undefined }) &
  Field<'body', InputOf<N, 'body'>> & { signal?: AbortSignal; key?: string };

/** The schema's optional fields are absent rather than undefined in JSON, as the model has them. */
type Exact<T> = T extends (infer U)[]
  ? Exact<U>[]
  : T extends object
    ? { [K in keyof T]: Exact<Exclude<T[K], undefined>> }
    : T;
export type Answer<N extends ClientOperation> = Exact<ResponseOf<N>>;

/**
 * Calls one operation of the contract and gives its JSON (undefined for 204). Throws ApiError with the code of the
 * problem document, `offline` where Posthorn itself was not reached, `cancelled` where `signal` aborted. Every write
 * carries an Idempotency-Key (`key`, else a new one) and is sent once more with it where no answer came, so that it is done once.
 */
export async function call<N extends ClientOperation>(name: N, input: CallInput<N>): Promise<Answer<N>> {
  const response = await open(name, input);
  if (response.status === 204) return undefined as Answer<N>;
  return (await response.json()) as Answer<N>;
}

/** The raw answer of an operation, for those that stream. Throws as `call` does. */
export const open = <N extends ClientOperation>(name: N, input: CallInput<N>): Promise<Response> =>
  openRoute(routes[name], input);

interface RouteInput {
  params?: Record<string, string> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
  signal?: AbortSignal;
  key?: string;
}

/** The same for a route of a table that is loaded with what calls it. A Blob is sent as it is. Throws as `call` does. */
export async function openRoute(route: { method: string; path: string }, input: object): Promise<Response> {
  const { params, query, body, signal, key = randomKey() } = input as RouteInput;
  const method = route.method.toUpperCase();
  const headers: Record<string, string> = {
    accept: 'application/json, application/x-ndjson, application/problem+json',
  };
  const isFile = body instanceof Blob;
  if (body !== undefined && !isFile) headers['content-type'] = 'application/json';
  if (method !== 'GET') headers['idempotency-key'] = key;
  const send = () =>
    fetch(fillPath(route.path, params, query), {
      method,
      headers,
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  const isRepeatable = (error: unknown) => method !== 'GET' && unanswered(error, signal).code === 'offline';
  const response = await send()
    // The answer was lost, perhaps not the request: under the same key it is done once all the same.
    .catch((error: unknown) => {
      if (isRepeatable(error)) return send();
      throw error;
    })
    .catch((error: unknown) => {
      throw unanswered(error, signal);
    });
  if (!response.ok) throw await problemOf(response);
  return response;
}

function unanswered(error: unknown, signal: AbortSignal | undefined): ApiError {
  if (signal?.aborted) return new ApiError({ code: 'cancelled', status: 0 });
  return new ApiError({ code: 'offline', status: 0, cause: error });
}

/** The error that an answer tells of. */
export async function problemOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after'));
  const known = { status: response.status, ...(retryAfter > 0 ? { retryAfterMs: retryAfter * 1_000 } : {}) };
  const isProblem = response.headers.get('content-type')?.includes('json') ?? false;
  // A question too long for a URL is refused by HTTP itself, before the API can word it (431, RFC 6585 §5).
  const code = response.status === 431 ? 'tooLarge' : 'internal';
  if (!isProblem) return new ApiError({ ...known, code, detail: `HTTP ${response.status}` });
  const problem = (await response.json()) as Partial<Problem>;
  return new ApiError({
    ...known,
    code: problem.code ?? 'internal',
    ...(problem.detail === undefined ? {} : { detail: problem.detail }),
    ...(problem.serverText === undefined ? {} : { serverText: problem.serverText }),
    ...(problem.requestId === undefined ? {} : { requestId: problem.requestId }),
  });
}

// randomUUID exists on secure origins only; a team on a plain LAN address has getRandomValues all the same.
/** A new Idempotency-Key. */
export const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
