import { config } from '../server/config.ts';
import { framePolicy } from './content-policy.ts';

/**
 * The document that a mail is shown in: empty, the same for everyone, with a policy that lets nothing run, load or leave.
 * It comes over the network because a policy of its own needs an address of its own. `?print` gives the one that is printed.
 */
export async function answerFrame(request: Request): Promise<Response> {
  const host = request.headers.get('host') ?? '';
  // A header is the caller's word: only what can be nothing but a host goes into the policy.
  const isHost = /^([\w.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/i.test(host);
  const origins = [config().url.origin, ...(isHost && host !== config().url.host ? [host] : [])];
  return new Response('<!doctype html><html><head><meta charset="utf-8"><title></title></head><body></body></html>', {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': framePolicy(origins, new URL(request.url).searchParams.has('print')),
      'X-Frame-Options': 'SAMEORIGIN',
      'Cache-Control': 'public, max-age=86400',
      Vary: 'Host',
    },
  });
}
