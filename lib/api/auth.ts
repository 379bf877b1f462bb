import { MailError } from '../mail/errors.ts';
import { handleAuth } from '../server/auth.ts';
import { readBytes } from './read-json.ts';

/** A login fits in this many times over. */
const maxBytes = 64 * 1024;

/** What of next-auth is served. Not `_log`, which writes into our log what anyone sends it. */
const actions: ReadonlySet<string> = new Set([
  'csrf',
  'session',
  'providers',
  'signin',
  'callback',
  'signout',
  'error',
]);

/** GET and POST of /api/auth/*: next-auth, given a body that has been bounded first. Throws `notFound`, `tooLarge`. */
export async function answerAuth(
  request: Request,
  context: { params: Promise<{ nextauth?: string[] }> },
): Promise<Response> {
  const [action = ''] = (await context.params).nextauth ?? [];
  if (!actions.has(action))
    throw new MailError('notFound', 'no such step of signing in', { detail: action.slice(0, 80) });
  if (request.method !== 'POST') return await handleAuth(request, context);
  const { url, method, headers } = request;
  const body = await readBytes(request, maxBytes);
  return await handleAuth(new Request(url, { method, headers, body: new Uint8Array(body) }), context);
}
