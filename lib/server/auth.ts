import type { NextApiRequest, NextApiResponse } from 'next';
import NextAuth from 'next-auth';
import { MailError } from '../mail/errors.ts';
import { readableCookies, readableFields } from './auth-input.ts';
import { authOptions } from './auth-options.ts';

/**
 * GET and POST of /api/auth/*, answered by next-auth. It is called by its older interface because that one takes a plain
 * request, where the one for route handlers reads Next's ambient headers. The caller bounds the body. Throws `invalid`
 * for a body that is no form.
 */
export async function handleAuth(
  request: Request,
  context: { params: Promise<{ nextauth?: string[] }> },
): Promise<Response> {
  const { nextauth = [] } = await context.params;
  const options = authOptions();
  const asked = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    cookies: readableCookies(cookiesOf(request), options.cookies?.callbackUrl?.name ?? ''),
    query: { ...readableFields(Object.fromEntries(new URL(request.url).searchParams)), nextauth },
    body: request.method === 'POST' ? readableFields(await formOf(request)) : undefined,
  };
  const { recorder, response } = record();
  // next-auth reads these five fields and calls the methods that `record` has; nothing else of Next's types.
  await NextAuth(asked as unknown as NextApiRequest, recorder as unknown as NextApiResponse, options);
  const answer = response();
  if (answer.status >= 500) throw new MailError('internal', `next-auth answered ${answer.status}`);
  return answer;
}

/** Takes down what next-auth answers, and makes a Response of it that nobody may keep; nor compress, for it holds tokens. */
function record() {
  let status = 200;
  let body: string | null = null;
  const headers = new Headers({ 'Cache-Control': 'private, no-store, no-transform' });
  const cookies: string[] = [];
  const recorder = {
    status(code: number) {
      status = code;
      return recorder;
    },
    getHeader: () => [],
    setHeader(name: string, value: string | string[]) {
      if (name.toLowerCase() === 'set-cookie') cookies.push(...[value].flat());
      else if (name.toLowerCase() !== 'cache-control') headers.set(name, String(value));
      return recorder;
    },
    json(value: unknown) {
      headers.set('Content-Type', 'application/json');
      body = JSON.stringify(value);
    },
    send(value: unknown) {
      body = typeof value === 'string' || value === undefined ? (value ?? null) : JSON.stringify(value);
    },
    end: () => undefined,
  };
  return {
    recorder,
    response() {
      for (const cookie of cookies) headers.append('Set-Cookie', cookie);
      return new Response(body, { status, headers });
    },
  };
}

function cookiesOf(request: Request): Record<string, string> {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim().split('='));
  return Object.fromEntries(pairs.map(([name = '', ...value]) => [name, decoded(value.join('='))]));
}

/** The value as next-auth wrote it; another's that is not percent-encoded text stays as it is. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

async function formOf(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text();
  if (!request.headers.get('content-type')?.includes('json')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return Object(JSON.parse(text));
  } catch (cause) {
    throw new MailError('invalid', 'the form is not JSON', { detail: 'body', cause });
  }
}
