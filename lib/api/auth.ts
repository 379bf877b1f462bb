import { handleAuth } from '../server/auth.ts';
import { readBytes } from './read-json.ts';

/** A login fits in this many times over. */
const maxBytes = 64 * 1024;

/** GET and POST of /api/auth/*: next-auth, given a body that has been bounded first. Throws `tooLarge`. */
export async function answerAuth(
  request: Request,
  context: { params: Promise<{ nextauth?: string[] }> },
): Promise<Response> {
  if (request.method !== 'POST') return await handleAuth(request, context);
  const { url, method, headers } = request;
  const body = await readBytes(request, maxBytes);
  return await handleAuth(new Request(url, { method, headers, body: new Uint8Array(body) }), context);
}
