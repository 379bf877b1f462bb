import { type OperationName, type OperationShape, operations } from '../../contract/operations.ts';
import type { Conformity } from './conformity.ts';

export interface Asked {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Sent as it is, in the place of a JSON body. */
  raw?: Buffer;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what the schema check has passed
  json: any;
}

/** A person at the product over real HTTP: a cookie jar, and calls by the contract. Every answer is checked against openapi.json. */
export function createPerson(url: string, conformity: Conformity) {
  const jar = new Map<string, string>();

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (jar.size > 0) headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(new URL(path, url), { redirect: 'manual', ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Sends an operation as the browser would, and gives the answer unread. */
  function open(
    name: OperationName,
    { params = {}, query = {}, body, raw, headers = {}, signal }: Asked = {},
  ): Promise<Response> {
    const { method, path }: OperationShape = operations[name];
    const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(params[key] ?? ''));
    const search = new URLSearchParams(query).toString();
    return send(search === '' ? filled : `${filled}?${search}`, {
      method: method.toUpperCase(),
      headers: {
        ...(method === 'get' ? {} : { 'sec-fetch-site': 'same-origin' }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(raw === undefined ? {} : { body: new Uint8Array(raw) }),
      ...(signal ? { signal } : {}),
    });
  }

  async function call(name: OperationName, asked: Asked = {}): Promise<Answered> {
    const response = await open(name, asked);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.endsWith('json') ?? false;
    const answered = { status: response.status, headers: response.headers, text, json: isJson ? parsed(text) : null };
    conformity.check(name, answered);
    return answered;
  }

  /** Gives the error code that the sign-in page would show; null when signed in. */
  async function signIn(fields: Record<string, string>): Promise<string | null> {
    const { csrfToken } = (await (await send('/api/auth/csrf')).json()) as { csrfToken: string };
    const form = new URLSearchParams({ ...fields, csrfToken, json: 'true' });
    const response = await send('/api/auth/callback/credentials', { method: 'POST', body: form });
    const answer = (await response.json()) as { url: string };
    return new URL(answer.url, url).searchParams.get('error');
  }

  async function signOut(): Promise<void> {
    const { csrfToken } = (await (await send('/api/auth/csrf')).json()) as { csrfToken: string };
    await send('/api/auth/signout', { method: 'POST', body: new URLSearchParams({ csrfToken, json: 'true' }) });
  }

  return { jar, send, open, call, signIn, signOut };
}

export type Person = ReturnType<typeof createPerson>;

function parsed(text: string): unknown {
  return text.includes('\n')
    ? text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : JSON.parse(text);
}
