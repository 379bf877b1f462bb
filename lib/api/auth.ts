import { MailError } from '../mail/errors.ts';
import { handleAuth } from '../server/auth.ts';
import { readBytes } from './read-json.ts';

/** A login fits in this many times over. */
const maxBytes = 64 * 1024;

/** What of next-auth is served, by method. Not `_log`, which writes into our log what anyone sends it. */
const steps: Record<string, ReadonlySet<string>> = {
  GET: new Set(['csrf', 'session', 'providers', 'signin', 'signout', 'error']),
  POST: new Set(['callback/credentials', 'signout']),
};

/** GET and POST of /api/auth/*: next-auth, given a body that has been bounded first. Throws `notFound`, `tooLarge`. */
export async function answerAuth(
  request: Request,
  context: { params: Promise<{ nextauth?: string[] }> },
): Promise<Response> {
  const step = ((await context.params).nextauth ?? []).join('/');
  if (steps[request.method]?.has(step) !== true)
    throw new MailError('notFound', 'no such step of signing in', { detail: `${request.method} ${step.slice(0, 80)}` });
  if (request.method !== 'POST') return await handleAuth(request, context);
  const { url, method, headers } = request;
  const body = await readBytes(request, maxBytes);
  return await handleAuth(new Request(url, { method, headers, body: new Uint8Array(body) }), context);
}
